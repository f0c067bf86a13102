package parley.local.eventhubs.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a log for one process. The system gives it up when the process ends, however it ends. */
final class LogLock implements AutoCloseable {

  private final FileChannel channel;

  private LogLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the log.
   *
   * @throws IOException if somebody else has it; the message says so
   */
  static LogLock take(Path log) throws IOException {
    Path file = log.resolveSibling(log.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException("the log of events " + log + " is in use: somebody holds " + file);
    }
    return new LogLock(channel);
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

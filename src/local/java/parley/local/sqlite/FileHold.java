package parley.local.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a file for one owner. The system gives it up when the process ends, however it ends. */
public final class FileHold implements AutoCloseable {

  private final FileChannel channel;

  private FileHold(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a file.
   *
   * @param what the file is, for the message
   * @param owner what else may have it, for the message
   * @throws IOException if another has it; the message says so
   */
  public static FileHold take(Path held, String what, String owner) throws IOException {
    Path file = held.resolveSibling(held.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException(
          "%s %s is in use by another %s, which holds %s".formatted(what, held, owner, file));
    }
    return new FileHold(channel);
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

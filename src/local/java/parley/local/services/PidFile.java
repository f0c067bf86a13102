package parley.local.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Remembers a child process on disk, so that the next run finds it if this one is killed. */
final class PidFile {

  private static final Logger LOG = Logger.getLogger(PidFile.class.getName());
  private static final long POLITE_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 10;

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  /** Remembers a process. */
  void write(Process process) throws IOException {
    Files.writeString(file, Long.toString(process.pid()));
  }

  /** Forgets the process, once it has ended. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Ends the remembered process, if it still lives and is what it was: a pid may by now belong to
   * somebody else, so it must run this executable.
   *
   * @return whether a process was ended
   * @throws IOException if it does not end
   */
  boolean reap(Path executable) throws IOException {
    Optional<ProcessHandle> left = remembered().filter(process -> runs(process, executable));
    if (left.isPresent()) {
      end(left.get());
    }
    delete();
    return left.isPresent();
  }

  /**
   * Ends every process that runs an executable which nobody else may run: also one whose host was
   * killed before it could write down the pid.
   *
   * @return whether a process was ended
   * @throws IOException if one does not end
   */
  static boolean reapAll(Path executable) throws IOException {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses().filter(process -> runs(process, executable)).toList();
    for (ProcessHandle process : left) {
      end(process);
    }
    return !left.isEmpty();
  }

  private Optional<ProcessHandle> remembered() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String pid = Files.readString(file).trim();
    // A crash may have left it half written.
    return pid.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
  }

  private static boolean runs(ProcessHandle process, Path executable) {
    Optional<Path> running = process.info().command().map(Path::of);
    if (running.isEmpty() || !Files.exists(executable)) {
      return false;
    }
    try {
      return Files.isSameFile(running.get(), executable);
    } catch (IOException e) {
      LOG.log(Level.FINE, "process " + process.pid() + " runs something that is not there", e);
      return false;
    }
  }

  private static void end(ProcessHandle process) throws IOException {
    LOG.info(() -> "ending process %d, left by an earlier run".formatted(process.pid()));
    process.destroy();
    try {
      if (!hasEnded(process, POLITE_MILLIS)) {
        LOG.fine("it did not go when asked");
        process.destroyForcibly();
        if (!hasEnded(process, POLITE_MILLIS)) {
          throw new IOException("process " + process.pid() + " cannot be ended");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while process " + process.pid() + " was ending", e);
    }
  }

  /**
   * Waits until a process has ended. Not by its onExit, which looks every 300 ms if the process is
   * no child of this one, and goes on until somebody else has taken notice of the end.
   */
  private static boolean hasEnded(ProcessHandle process, long millis) throws InterruptedException {
    for (long waited = 0; waited < millis; waited += PAUSE_MILLIS) {
      // One that nobody has taken notice of still lives, but runs nothing.
      if (!process.isAlive() || process.info().command().isEmpty()) {
        return true;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return false;
  }
}

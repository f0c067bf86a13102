package parley.local.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Remembers a child process on disk, so that the next run finds it if this one is killed. */
final class PidFile {

  private static final Logger LOG = Logger.getLogger(PidFile.class.getName());
  private static final long POLITE_SECONDS = 10;

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
    CompletableFuture<ProcessHandle> exit = process.onExit();
    process.destroy();
    try {
      exit.get(POLITE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.log(Level.FINE, "it did not go when asked", e);
      process.destroyForcibly();
      exit.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while process " + process.pid() + " was ending", e);
    } catch (ExecutionException e) {
      throw new IOException("process " + process.pid() + " cannot be ended", e);
    }
  }
}

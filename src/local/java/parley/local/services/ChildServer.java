package parley.local.services;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that runs as a child process: its output goes to a log file, its pid to a pid file, and
 * it is ready once it has said so.
 */
public final class ChildServer implements AutoCloseable {

  private static final long START_SECONDS = 60;
  private static final long STOP_MILLIS = 3_000;
  private static final int LINES_TOLD = 15;

  private final Process process;
  private final PidFile pidFile;
  private final Thread reader;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();

  /**
   * What to run.
   *
   * @param name for messages
   * @param command the first element is the executable's absolute path
   * @param environment added to this process's own
   * @param folder where it runs, and where its log and pid files are
   * @param readyLine a part of the line that says that it is ready
   */
  public record Launch(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path folder,
      String readyLine) {

    public Launch {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    Path executable() {
      return Path.of(command.get(0));
    }

    PidFile pidFile() {
      return new PidFile(folder.resolve(name + ".pid"));
    }

    Path log() {
      return folder.resolve(name + ".log");
    }
  }

  private ChildServer(Launch launch, Process process) {
    this.process = process;
    this.pidFile = launch.pidFile();
    this.reader = new Thread(() -> follow(launch), launch.name() + "-log");
    reader.setDaemon(true);
    reader.start();
  }

  /** Ends the process that a killed run may have left; true if there was one. */
  public static boolean reap(String name, Path folder, Path executable) throws IOException {
    return new PidFile(folder.resolve(name + ".pid")).reap(executable);
  }

  /**
   * Starts the server and waits until it is ready.
   *
   * @throws StartException if it ends or stays silent; the message has its last lines
   */
  public static ChildServer start(Launch launch) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launch.command());
    builder.environment().putAll(launch.environment());
    builder.directory(launch.folder().toFile()).redirectErrorStream(true);
    Process process = builder.start();
    launch.pidFile().write(process);
    ChildServer server = new ChildServer(launch, process);
    try {
      server.ready.get(START_SECONDS, TimeUnit.SECONDS);
      return server;
    } catch (ExecutionException | TimeoutException e) {
      server.close();
      throw new StartException(server.startFailure(launch), e);
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while " + launch.name() + " was starting", e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Waits until it ends; returns its exit code. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks the server to end, and insists after three seconds. */
  @Override
  public void close() {
    // By its handle: Process.destroy would also cut off its log.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      reader.join(STOP_MILLIS);
      pidFile.delete();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow(Launch launch) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        PrintWriter log = new PrintWriter(log(launch), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.println(line);
        remember(line);
        if (line.contains(launch.readyLine())) {
          ready.complete(null);
        }
      }
      ready.completeExceptionally(new IOException(launch.name() + " has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** Appends: what a server said before it ended is wanted after the next has begun. */
  private static BufferedWriter log(Launch launch) throws IOException {
    return Files.newBufferedWriter(
        launch.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private synchronized void remember(String line) {
    lastLines.addLast(line);
    if (lastLines.size() > LINES_TOLD) {
      lastLines.removeFirst();
    }
  }

  private synchronized String startFailure(Launch launch) {
    return "%s did not start; the end of %s:%n%s"
        .formatted(launch.name(), launch.log(), String.join(System.lineSeparator(), lastLines));
  }
}

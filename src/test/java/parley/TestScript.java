package parley;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program in JavaScript under test. */
public final class TestScript implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();
  private final List<String> said = new ArrayList<>();

  private TestScript(Process process) {
    this.process = process;
  }

  /** Has the test skipped, and say so, where the packages of a folder's programs are missing. */
  public static void requirePackages(Path folder) {
    assumeTrue(
        Files.exists(folder.resolve("node_modules")),
        "skipped: it needs Node 20, and npm ci --prefix " + folder);
  }

  /** Starts one; what it says on either stream is kept. */
  public static TestScript start(Path file, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      TestScript script = new TestScript(builder.start());
      Thread reader = new Thread(script::read, "script");
      reader.setDaemon(true);
      reader.start();
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that begins so, and returns what follows. */
  public String await(String beginning) throws InterruptedException {
    while (true) {
      String line =
          next()
              .orElseThrow(
                  () -> new AssertionError("it ended, and never said " + beginning + ": " + said));
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
  }

  /** Types a line into it. */
  public void type(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has ended, which must be well; returns all that it has said. */
  public List<String> awaitEnd() throws InterruptedException {
    while (next().isPresent()) {
      // All of it is kept.
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError("it ended with " + status + ": " + said);
    }
    return said;
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The next line; empty if there is none, for it has ended. */
  private Optional<String> next() throws InterruptedException {
    Optional<String> line = output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("it says nothing more: " + said);
    }
    line.ifPresent(said::add);
    return line;
  }

  private void read() {
    process.inputReader(StandardCharsets.UTF_8).lines().map(Optional::of).forEach(output::add);
    output.add(Optional.empty());
  }
}

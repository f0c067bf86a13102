package parley;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import parley.local.TestClock;
import parley.local.services.LocalKeys;

/**
 * A {@link TestHost} in a JVM of its own, which can be killed. Its clock stands still, also over a
 * restart.
 */
public final class TestProcess extends TestApp {

  private static final long STOP_SECONDS = 15;

  private final Path folder;
  private final List<String> settings = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private Process process;
  private BufferedReader output;
  private int port;

  /**
   * Starts it, empty.
   *
   * @param folder where it keeps its durable store, its event hubs and its keys
   */
  public TestProcess(Path folder, Map<String, String> settings) {
    this.folder = folder;
    settings.forEach((name, value) -> this.settings.add(name + "=" + value));
    restart();
  }

  /**
   * Runs the app until its input ends, which has a line for each time to move the clock to.
   *
   * @param args the folder, the time, and the settings as {@code name=value}
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String setting : List.of(args).subList(2, args.length)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    TestClock clock = new TestClock(args[1]);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (TestHost host = TestHost.start(Path.of(args[0]), clock, settings)) {
      System.out.println(host.httpPort());
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        host.advance(Duration.between(clock.instant(), Instant.parse(line)));
        System.out.println(line);
      }
    }
    System.exit(0);
  }

  /** As {@code kill -9} does, and returns when it is dead. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts it on what it has left; returns when it serves again. */
  public void restart() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dtest.mysql=" + TestDatabase.url(),
                "-Dtest.redis=" + TestRedis.url(),
                "-Djava.util.logging.config.file=src/test/resources/logging.properties",
                TestProcess.class.getName(),
                folder.toString(),
                now.toString()));
    command.addAll(settings);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    output = process.inputReader(StandardCharsets.UTF_8);
    port = Integer.parseInt(said());
    reconnect();
  }

  @Override
  public void advance(Duration duration) {
    now = now.plus(duration);
    try {
      OutputStream input = process.getOutputStream();
      input.write((now + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    said();
  }

  @Override
  protected int httpPort() {
    return port;
  }

  @Override
  protected String functionKey() {
    return LocalKeys.in(folder).function();
  }

  @Override
  protected String systemKey() {
    return LocalKeys.in(folder).system();
  }

  /** Lets it end in good order. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the app does not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private String said() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the app has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

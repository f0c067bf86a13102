package parley.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;
import parley.App;
import parley.local.engine.DurableEngine;
import parley.local.services.StartException;
import parley.platform.Key;
import parley.platform.Settings;

/** The command line of the local host, inside Maven's JVM. */
final class LocalMain {

  /** The folder of the project, wherever Maven was called from. */
  private static final Path HOME = Path.of(System.getProperty("parley.home", "."));

  private static final Path SETTINGS_FILE = HOME.resolve("local.settings.json");
  private static final Path STATE = HOME.resolve(".local");

  /** Longer than every part needs together, and within the five seconds that a user is told. */
  private static final Duration STOP_LIMIT = Duration.ofMillis(4_500);

  private final Parts parts = new Parts();
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();

  private LocalMain() {}

  /**
   * Runs Parley, or with {@code -Dengine} the durable engine alone, or with {@code -Dservices} only
   * what is behind the app, until the process is asked to end.
   *
   * @param environment these settings win over {@code local.settings.json}
   */
  static void run(Map<String, String> environment) {
    // Maven's own streams no longer work when its shutdown hooks run, and ours prints.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
    new LocalMain().startAndWait(environment);
  }

  private void startAndWait(Map<String, String> environment) {
    Instant began = Instant.now();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try {
      configureLogging();
      if (System.getProperty("services") != null) {
        ServicesHost host = ServicesHost.start(options(own(environment)), parts);
        running.set(true);
        host.print(System.out);
      } else if (System.getProperty("engine") == null) {
        LocalHost host = LocalHost.start(options(withFile(environment)), parts);
        running.set(true);
        Banner.print(host, Duration.between(began, Instant.now()), System.out);
      } else {
        EngineHost host = startEngine();
        running.set(true);
        host.print(System.out);
      }
      new CountDownLatch(1).await();
    } catch (StartException | IllegalArgumentException e) {
      fail(e, false);
    } catch (Throwable e) {
      fail(e, true);
    }
  }

  private EngineHost startEngine() {
    int port = LocalPorts.of(System.getProperties()).durable();
    return EngineHost.start(STATE, Boolean.getBoolean("reset"), port, retention(), parts);
  }

  private static Map<String, String> withFile(Map<String, String> environment) {
    return LocalSettings.layered(LocalSettings.ofFile(SETTINGS_FILE), environment);
  }

  /** Without the file: it is for another host, and holds what these services were before. */
  private static Map<String, String> own(Map<String, String> environment) {
    Map<String, String> own = new HashMap<>(environment);
    own.keySet().retainAll(Settings.KEYS.stream().map(Key::name).toList());
    return own;
  }

  private static LocalOptions options(Map<String, String> settings) {
    return new LocalOptions(
        STATE,
        Boolean.getBoolean("reset"),
        LocalPorts.of(System.getProperties()),
        Clock.systemUTC(),
        App.FUNCTIONS,
        settings,
        App.defaults(),
        new ParleyApp(),
        retention(),
        HubOptions.of(System.getProperties(), HOME.resolve("host.json")),
        LocalSettings.corsOfFile(SETTINGS_FILE));
  }

  private static Duration retention() {
    String days = System.getProperty("retention.days");
    if (days == null) {
      return DurableEngine.A_WEEK;
    }
    if (!days.matches("\\d{1,5}")) {
      throw new StartException("-Dretention.days=" + days + " is no number of days");
    }
    return Duration.ofDays(Long.parseLong(days));
  }

  private static void configureLogging() throws IOException {
    try (InputStream configuration =
        LocalMain.class.getResourceAsStream("/local-logging.properties")) {
      LogManager.getLogManager().readConfiguration(configuration);
    }
  }

  /** Says why nothing runs, and ends the JVM: its other threads would keep it alive for ever. */
  private void fail(Throwable why, boolean withTrace) {
    if (stopping.get()) {
      // The user ended it in the middle of the start, which then failed for that reason.
      return;
    }
    System.err.println("Parley has not started: " + why.getMessage());
    if (withTrace) {
      why.printStackTrace();
    }
    System.exit(1);
  }

  private void stop() {
    stopping.set(true);
    Thread closing = new Thread(parts::close, "closing");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Whatever still runs is a server that hangs, or one that was just being started.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    if (running.get()) {
      System.out.println("Parley has stopped.");
    }
  }
}

package parley.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.local.LocalHost;
import parley.local.LocalPorts;
import parley.local.services.LocalKeys;

/** Parley as {@code mvn -Plocal} runs it, empty, in a JVM of its own. */
public final class ServedApp implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final int http = LocalPorts.anyFree();
  private final int mariaDb = LocalPorts.anyFree();
  private final int redis = LocalPorts.anyFree();
  private final int push = LocalPorts.anyFree();
  private final Process process;

  /**
   * @param options of its JVM
   * @param settings that it does not make itself
   */
  public ServedApp(Path folder, List<String> options, Map<String, String> settings)
      throws IOException {
    home = Files.createDirectories(folder).toAbsolutePath();
    Files.copy(
        Path.of("host.json"), home.resolve("host.json"), StandardCopyOption.REPLACE_EXISTING);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dparley.home=" + home);
    command.add("-Dreset=true");
    command.add("-Dport.http=" + http);
    command.add("-Dport.mariadb=" + mariaDb);
    command.add("-Dport.redis=" + redis);
    command.add("-Dport.durable=" + LocalPorts.anyFree());
    command.add("-Dport.amqp=" + LocalPorts.anyFree());
    command.add("-Dport.signalr=" + LocalPorts.anyFree());
    command.add("-Dport.push=" + push);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LocalHost.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("app.log").toFile());
    // Else the C library keeps a store of free memory for nearly each of the JVM's threads.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(settings);
    process = builder.start();
    awaitPort();
  }

  /** The port of its functions. */
  public int http() {
    return http;
  }

  /** The port of its notification hub. */
  public int push() {
    return push;
  }

  /** The JDBC URL of its database. */
  String database() {
    return "jdbc:mysql://127.0.0.1:%d/asyncmpdb?user=app&password=%s"
        .formatted(mariaDb, LocalKeys.in(state()).database());
  }

  /** The durable engine's store. */
  Path store() {
    return state().resolve("durable.db");
  }

  ProcessHandle jvm() {
    return process.toHandle();
  }

  /** Its MariaDB. */
  ProcessHandle mariaDb() throws IOException {
    return child("mariadb");
  }

  /** Itself and its servers, by name. */
  Map<String, ProcessHandle> processes() throws IOException {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    processes.put("JVM", jvm());
    processes.put("Redis", child("redis"));
    processes.put("MariaDB", mariaDb());
    return processes;
  }

  /** The URL of its Redis. */
  String redis() {
    return "redis://:%s@127.0.0.1:%d".formatted(LocalKeys.in(state()).redis(), redis);
  }

  /** What opens the functions of operators. */
  String functionKey() {
    return LocalKeys.in(state()).function();
  }

  private ProcessHandle child(String name) throws IOException {
    Path file = state().resolve(name).resolve(name + ".pid");
    return ProcessHandle.of(Long.parseLong(Files.readString(file).trim())).orElseThrow();
  }

  /** Lets it end in good order, and everything that it has started. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Path state() {
    return home.resolve(".local");
  }

  /** The HTTP port opens last but for the timers. */
  private void awaitPort() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), http).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          process.destroy();
          throw new IOException("the app has not started, see " + home.resolve("app.log"), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }
}

package parley.local.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import parley.platform.RootCause;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * A Redis server of this machine's own, for development. What it holds is on disk a second later,
 * and is there again after a restart. embedded-redis brings the binary; the process is ours, as
 * MariaDB's is.
 */
public final class Redis implements AutoCloseable {

  private static final String NAME = "redis";

  /** What can be run; embedded-redis has a Redis for Windows too, but one that is too old. */
  private static final Map<String, OsArchitecture> PLATFORMS =
      Map.of(
          "Linux amd64", OsArchitecture.UNIX_x86_64,
          "Linux aarch64", OsArchitecture.UNIX_AARCH64,
          "Mac OS X x86_64", OsArchitecture.MAC_OS_X_x86_64,
          "Mac OS X aarch64", OsArchitecture.MAC_OS_X_ARM64);

  private static final String ADVICE =
      "Set REDIS_CONNECTION_STRING to a Redis 6 or later: redis://:password@host:6379";

  private final KeptServer server;
  private final int port;
  private final String password;

  private Redis(KeptServer server, int port, String password) {
    this.server = server;
    this.port = port;
    this.password = password;
  }

  /** The unpacked server, which is the same for everybody and worth keeping. */
  public static Path binaries(Path folder) {
    return folder.resolve("base");
  }

  /** Ends the server that a killed run may have left in this folder; true if there was one. */
  public static boolean reap(Path folder) throws IOException {
    Path executable = executable(folder);
    boolean remembered = ChildServer.reap(NAME, folder, executable);
    // The executable is this folder's own, so whoever runs it was started for this folder.
    return PidFile.reapAll(executable) || remembered;
  }

  /** Starts the server as below, for somebody who closes it before all else. */
  public static Redis start(Path folder, int port, String password) {
    return start(folder, port, password, () -> false);
  }

  /**
   * Starts the server, with what it held when it ended. When it ends by itself, it is started again
   * on the same port, a few times.
   *
   * @param folder where binary, data and log are kept
   * @param port to listen on, at 127.0.0.1
   * @param password that clients must know: letters, digits, {@code -} and {@code _}
   * @param ending whether everything is about to end, so that it is not started again
   * @throws StartException if it cannot start; the message says why
   */
  public static Redis start(Path folder, int port, String password, BooleanSupplier ending) {
    URL binary =
        binary(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow(
                () ->
                    new StartException(
                        "There is no embedded Redis for %s on %s. %s"
                            .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                ADVICE)));
    if (!password.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("the password has other characters than A-Z a-z 0-9 _ -");
    }
    Path executable = executable(folder);
    Path configuration = folder.toAbsolutePath().resolve("redis.conf");
    try {
      OwnerFiles.createFolder(folder.resolve("data"));
      unpack(binary, executable);
      OwnerFiles.write(configuration, directives(port, password));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChildServer.Launch launch =
        new ChildServer.Launch(
            NAME,
            List.of(executable.toString(), configuration.toString()),
            Map.of(),
            folder,
            "Ready to accept connections");
    try {
      return new Redis(KeptServer.start(launch, ending), port, password);
    } catch (StartException e) {
      throw explained(e);
    } catch (IOException e) {
      throw new StartException(
          "Redis cannot be run: %s. %s".formatted(RootCause.line(e), ADVICE), e);
    }
  }

  /** The URL of the server, with the password. */
  public String connectionString() {
    return "redis://:%s@127.0.0.1:%d".formatted(password, port);
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The process id of the server; another one after it was started again. */
  public long pid() {
    return server.pid();
  }

  @Override
  public void close() {
    server.close();
  }

  /** The server for a platform, as Java calls that. */
  static Optional<URL> binary(String os, String arch) {
    return Optional.ofNullable(PLATFORMS.get(os + " " + arch))
        .map(ExecutableProvider.newProvidedVersionsMap()::get)
        .map(Redis.class::getResource);
  }

  /** The binaries for Linux on Intel and for Macs on ARM are not whole without OpenSSL 3. */
  static StartException explained(StartException e) {
    return e.getMessage().contains("libssl")
        ? new StartException(
            "%s%nIt needs OpenSSL 3, which is not installed. %s".formatted(e.getMessage(), ADVICE),
            e)
        : e;
  }

  /** Whole or not at all, and again when another version is brought. */
  private static void unpack(URL binary, Path executable) throws IOException {
    URLConnection connection = binary.openConnection();
    connection.setUseCaches(false);
    try (InputStream bytes = connection.getInputStream()) {
      if (Files.exists(executable) && Files.size(executable) == connection.getContentLengthLong()) {
        return;
      }
      OwnerFiles.createFolder(executable.getParent());
      Path half = executable.resolveSibling("new");
      Files.copy(bytes, half, StandardCopyOption.REPLACE_EXISTING);
      if (!half.toFile().setExecutable(true, true)) {
        throw new IOException(half + " cannot be made executable");
      }
      Files.move(
          half, executable, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** In a file, because everybody can see a command line. */
  private static String directives(int port, String password) {
    return """
        bind 127.0.0.1
        port %d
        requirepass %s
        # Relative to where it runs: nothing in a path need be quoted.
        dir data
        appendonly yes
        appendfsync everysec
        save ""
        # A full server refuses; it forgets nothing by itself.
        maxmemory-policy noeviction
        """
        .formatted(port, password);
  }

  private static Path executable(Path folder) {
    return binaries(folder.toAbsolutePath().normalize()).resolve("redis-server");
  }
}

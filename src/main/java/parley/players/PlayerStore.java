package parley.players;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import parley.platform.Database;
import parley.platform.Problem;
import parley.platform.ProblemException;
import parley.platform.Sha256;

/** The players in MySQL, and how they sign in. A device's secret is kept as its hash only. */
public final class PlayerStore {

  private static final String DEVICE = "device";
  private static final String ENGLISH = "en";

  private final Database database;

  public PlayerStore(Database database) {
    this.database = database;
  }

  /**
   * A player.
   *
   * @param locale the language that notifications are in, as a BCP 47 tag
   * @param notifications whether the player wants any
   */
  record Player(
      UUID playerId, String name, String locale, boolean notifications, Instant createdAt) {

    static Player newcomer(UUID playerId, String name, Instant now) {
      return new Player(playerId, name, ENGLISH, true, now);
    }
  }

  /** What is to be different; null leaves as it is. */
  record Change(String name, String locale, Boolean notifications) {}

  /**
   * @param created false if the device was known
   */
  record Registration(Player player, boolean created) {}

  /** Finds the player whom this device belongs to, or makes one. */
  Registration register(String deviceId, Player newcomer) {
    String subject = Sha256.of(deviceId);
    return database.transaction(connection -> register(connection, subject, newcomer));
  }

  Optional<Player> find(UUID playerId) {
    return database.query(
        connection ->
            find(
                connection,
                """
                SELECT GUID, Name, Locale, NotificationsOff, CreatedTime
                FROM player WHERE GUID = ?""",
                playerId));
  }

  /**
   * The name of a player.
   *
   * @throws ProblemException 401 if there is no such player
   */
  public String name(UUID playerId) {
    return find(playerId).map(Player::name).orElseThrow(() -> Problem.unknownPlayer().exception());
  }

  void change(UUID playerId, Change change, Instant now) {
    Boolean off = change.notifications() == null ? null : !change.notifications();
    database.query(
        connection ->
            write(
                connection,
                """
                UPDATE player SET Name = COALESCE(?, Name), Locale = COALESCE(?, Locale),
                    NotificationsOff = COALESCE(?, NotificationsOff), UpdatedTime = ?
                WHERE GUID = ?""",
                change.name(),
                change.locale(),
                off,
                Database.time(now),
                playerId));
  }

  private static Registration register(Connection connection, String subject, Player newcomer)
      throws SQLException {
    Optional<Player> known =
        find(
            connection,
            """
            SELECT p.GUID, p.Name, p.Locale, p.NotificationsOff, p.CreatedTime
            FROM player_identity i JOIN player p ON p.ID = i.Player_ID
            WHERE i.Provider = ? AND i.Subject = ?""",
            DEVICE,
            subject);
    if (known.isPresent()) {
      return new Registration(known.get(), false);
    }
    LocalDateTime now = Database.time(newcomer.createdAt());
    write(
        connection,
        "INSERT INTO player (GUID, CreatedTime, UpdatedTime, Name) VALUES (?, ?, ?, ?)",
        newcomer.playerId(),
        now,
        now,
        newcomer.name());
    write(
        connection,
        """
        INSERT INTO player_identity (CreatedTime, Player_ID, Provider, Subject)
        SELECT ?, ID, ?, ? FROM player WHERE GUID = ?""",
        now,
        DEVICE,
        subject,
        newcomer.playerId());
    return new Registration(newcomer, true);
  }

  private static Optional<Player> find(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = Database.prepare(connection, sql, values);
        ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      String locale = rows.getString("Locale");
      return Optional.of(
          new Player(
              Database.id(rows, "GUID"),
              rows.getString("Name"),
              locale == null ? ENGLISH : locale,
              !rows.getBoolean("NotificationsOff"),
              Database.instant(rows, "CreatedTime")));
    }
  }

  private static int write(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = Database.prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }
}

package parley.notifications;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.platform.Database;

/** The notifications in MySQL: the record of what each player was, or is to be, told. */
public final class NotificationStore {

  /** A client that has asked how to connect may be connected for so long. */
  private static final Duration CONNECTED = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;

  public NotificationStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Puts down notifications as queued; the same one again changes nothing.
   *
   * @return those that are still queued, with others that the same players are still to be told of
   *     the same sessions
   */
  public Set<Notification> queue(List<Notification> notifications) {
    LocalDateTime now = Database.time(clock.instant());
    Set<Notification> queued = new LinkedHashSet<>();
    notifications.forEach(notification -> queued.addAll(queue(notification, now)));
    return queued;
  }

  private List<Notification> queue(Notification notification, LocalDateTime now) {
    return database.query(
        connection -> {
          try (PreparedStatement call =
                  Database.prepare(
                      connection,
                      "CALL notification_INSERT(?, ?, ?, ?, ?, ?, ?)",
                      notification.id(),
                      notification.playerId(),
                      notification.sessionId(),
                      notification.version(),
                      notification.kind(),
                      now,
                      now.minus(CONNECTED));
              ResultSet rows = call.executeQuery()) {
            List<Notification> queued = new ArrayList<>();
            while (rows.next()) {
              queued.add(
                  new Notification(
                      Database.id(rows, "GUID"),
                      notification.playerId(),
                      notification.sessionId(),
                      rows.getLong("SessionVersion"),
                      rows.getString("Kind")));
            }
            return queued;
          }
        });
  }

  /**
   * A notification with what its player wants.
   *
   * @param off whether the player wants none
   */
  record Stored(
      UUID id,
      UUID playerId,
      UUID sessionId,
      long version,
      String kind,
      NotificationStatus status,
      Instant createdAt,
      Locale locale,
      boolean off) {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if there is none with this id
   */
  Stored load(UUID id) {
    String sql =
        """
        SELECT n.GUID, p.GUID AS PlayerGUID, s.GUID AS SessionGUID, n.SessionVersion, n.Kind, n.Status,
               n.CreatedTime, p.Locale, p.NotificationsOff
        FROM notification n
        JOIN player p ON p.ID = n.Player_ID
        JOIN gamesession s ON s.ID = n.GameSession_ID
        WHERE n.GUID = ?""";
    return database.query(
        connection -> {
          try (PreparedStatement select = Database.prepare(connection, sql, id);
              ResultSet row = select.executeQuery()) {
            if (!row.next()) {
              throw new IllegalArgumentException("there is no notification " + id);
            }
            String locale = row.getString("Locale");
            return new Stored(
                id,
                Database.id(row, "PlayerGUID"),
                Database.id(row, "SessionGUID"),
                row.getLong("SessionVersion"),
                row.getString("Kind"),
                NotificationStatus.of(row.getString("Status")),
                Database.instant(row, "CreatedTime"),
                locale == null ? Locale.ENGLISH : Locale.forLanguageTag(locale),
                row.getBoolean("NotificationsOff"));
          }
        });
  }

  /** A client of the player's is about to connect. */
  void connect(UUID playerId) {
    LocalDateTime now = Database.time(clock.instant());
    database.query(
        connection -> {
          try (PreparedStatement update =
              Database.prepare(
                  connection,
                  "UPDATE player SET NegotiatedTime = ? WHERE GUID = ?",
                  now,
                  playerId)) {
            return update.executeUpdate();
          }
        });
  }

  /** It goes to the player's connections. */
  NotificationStatus send(UUID id) {
    return move(id, NotificationStatus.SENT, NotificationStatus.QUEUED);
  }

  /** It will not go anywhere. */
  NotificationStatus drop(UUID id) {
    return move(
        id,
        NotificationStatus.DROPPED,
        NotificationStatus.QUEUED,
        NotificationStatus.SENT,
        NotificationStatus.CANCELLED);
  }

  /** Nobody has shown it in time. */
  NotificationStatus cancel(UUID id) {
    return move(
        id, NotificationStatus.CANCELLED, NotificationStatus.QUEUED, NotificationStatus.SENT);
  }

  /** It went to the player's devices. */
  NotificationStatus push(UUID id) {
    return move(id, NotificationStatus.PUSHED, NotificationStatus.CANCELLED);
  }

  /**
   * The player has seen it; a push on its way is not called back.
   *
   * @return false if that was known, or it is too late
   */
  boolean receive(UUID id) {
    return database.query(
        connection ->
            update(
                connection,
                id,
                NotificationStatus.RECEIVED,
                NotificationStatus.QUEUED,
                NotificationStatus.SENT,
                NotificationStatus.CANCELLED));
  }

  /** Gives it a new status if it has one of those; returns the one that it has then. */
  private NotificationStatus move(UUID id, NotificationStatus to, NotificationStatus... from) {
    return database.query(
        connection -> {
          update(connection, id, to, from);
          try (PreparedStatement select =
                  Database.prepare(
                      connection, "SELECT Status FROM notification WHERE GUID = ?", id);
              ResultSet row = select.executeQuery()) {
            if (!row.next()) {
              throw new IllegalArgumentException("there is no notification " + id);
            }
            return NotificationStatus.of(row.getString("Status"));
          }
        });
  }

  private boolean update(
      Connection connection, UUID id, NotificationStatus to, NotificationStatus... from)
      throws SQLException {
    String sql =
        "UPDATE notification SET Status = ?, UpdatedTime = ? WHERE GUID = ? AND Status IN (%s)"
            .formatted(
                Stream.of(from)
                    .map(status -> "'" + status.text() + "'")
                    .collect(Collectors.joining(", ")));
    LocalDateTime now = Database.time(clock.instant());
    try (PreparedStatement update = Database.prepare(connection, sql, to.text(), now, id)) {
      return update.executeUpdate() == 1;
    }
  }
}

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
import parley.platform.Database.Write;

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
   * @return those that are still queued, with others that these players are still to be told of
   *     these sessions
   */
  public Set<Notification> queue(List<Notification> notifications) {
    if (notifications.isEmpty()) {
      return Set.of();
    }
    LocalDateTime now = Database.time(clock.instant());
    database.commit(
        notifications.stream()
            .map(
                notification ->
                    new Write(
                        "player",
                        notification.playerId(),
                        "CALL notification_INSERT(?, ?, ?, ?, ?, ?, ?)",
                        notification.id(),
                        notification.playerId(),
                        notification.sessionId(),
                        notification.version(),
                        notification.kind(),
                        now,
                        now.minus(CONNECTED)))
            .toList());
    // Others, too: whoever had put them down may have died before it could bring them on their way.
    Set<Notification> queued = new LinkedHashSet<>();
    notifications.stream()
        .map(Notification::sessionId)
        .distinct()
        .forEach(sessionId -> queued.addAll(queued(sessionId)));
    Set<UUID> told = notifications.stream().map(Notification::playerId).collect(Collectors.toSet());
    queued.removeIf(notification -> !told.contains(notification.playerId()));
    return queued;
  }

  private List<Notification> queued(UUID sessionId) {
    String sql =
        """
        SELECT STRAIGHT_JOIN n.GUID, p.GUID AS PlayerGUID, n.SessionVersion, n.Kind
        FROM gamesession s
        JOIN notification n ON n.GameSession_ID = s.ID
        JOIN player p ON p.ID = n.Player_ID
        WHERE s.GUID = ? AND n.Status = 'queued' ORDER BY n.ID""";
    return database.query(
        connection -> {
          try (PreparedStatement select = Database.prepare(connection, sql, sessionId);
              ResultSet rows = select.executeQuery()) {
            List<Notification> queued = new ArrayList<>();
            while (rows.next()) {
              queued.add(
                  new Notification(
                      Database.id(rows, "GUID"),
                      Database.id(rows, "PlayerGUID"),
                      sessionId,
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

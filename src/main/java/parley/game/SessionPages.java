package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.Status;
import parley.platform.Database;

/** A player's sessions, page by page. */
public final class SessionPages {

  private final Database database;

  public SessionPages(Database database) {
    this.database = database;
  }

  /** One page of sessions and where the next begins; null if this is the last. */
  record Page(List<GameSession> sessions, Cursor next) {}

  /** The place after a session in the order of {@link #list}. */
  record Cursor(Instant updatedAt, long rowId) {}

  /**
   * The sessions that a player plays in or is invited to, newest activity first.
   *
   * @param status only those; null for all
   * @param after where the page begins; null for the start
   */
  Page list(UUID playerId, Status status, int limit, Cursor after) {
    String sql =
        "SELECT "
            + SessionRows.COLUMNS
            + """
            FROM (
                SELECT candidate.ID
                FROM (
                    SELECT gp.GameSession_ID AS ID
                    FROM gamesession_player gp JOIN player me ON me.ID = gp.Player_ID
                    WHERE me.GUID = ?
                    UNION ALL
                    SELECT offer.ID
                    FROM gamesession offer JOIN player me ON me.ID = offer.InvitedPlayer_ID
                    WHERE me.GUID = ? AND offer.GameStatus = 0
                ) mine
                JOIN gamesession candidate ON candidate.ID = mine.ID
                WHERE (? IS NULL OR candidate.GameStatus = ?)
                  AND (? IS NULL OR candidate.UpdatedTime < ?
                       OR (candidate.UpdatedTime = ? AND candidate.ID < ?))
                ORDER BY candidate.UpdatedTime DESC, candidate.ID DESC
                LIMIT ?
            ) page
            JOIN gamesession s ON s.ID = page.ID
            """
            + SessionRows.JOINS
            + "ORDER BY s.UpdatedTime DESC, s.ID DESC, gp.ID";
    Integer statusCode = status == null ? null : status.ordinal();
    Object since = after == null ? null : time(after.updatedAt());
    Long sinceRow = after == null ? null : after.rowId();
    return database.query(
        connection -> {
          try (PreparedStatement select =
              prepare(
                  connection,
                  sql,
                  playerId,
                  playerId,
                  statusCode,
                  statusCode,
                  since,
                  since,
                  since,
                  sinceRow,
                  limit + 1)) {
            try (ResultSet rows = select.executeQuery()) {
              return page(SessionRows.read(rows), limit);
            }
          }
        });
  }

  private static Page page(List<SessionRows.Row> rows, int limit) {
    boolean more = rows.size() > limit;
    List<SessionRows.Row> shown = more ? rows.subList(0, limit) : rows;
    SessionRows.Row last = more ? shown.get(limit - 1) : null;
    return new Page(
        shown.stream().map(SessionRows.Row::session).toList(),
        more ? new Cursor(last.session().updatedAt(), last.id()) : null);
  }
}

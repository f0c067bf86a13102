package parley.game;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import parley.game.SessionPages.Cursor;
import parley.game.rules.GameSession.Status;
import parley.platform.HttpEdge.Call;
import parley.platform.Problem;

/**
 * Which of a player's sessions are asked for.
 *
 * @param status null for all
 * @param limit 1 to 100
 * @param after where the page begins; null for the start
 */
record SessionQuery(Status status, int limit, Cursor after) {

  private static final int MOST = 100;

  /** What a TIMESTAMP column can hold at the most. */
  private static final long LAST_MILLIS = Integer.MAX_VALUE * 1_000L;

  private static final String DEFAULT_LIMIT = "20";

  /** One page of sessions; {@code next} is null on the last. */
  record Listed(List<SessionView> sessions, String next) {}

  static SessionQuery of(Call<?> call) {
    return new SessionQuery(
        call.query("status").map(SessionQuery::status).orElse(null),
        limit(call.query("limit").orElse(DEFAULT_LIMIT)),
        call.query("cursor").map(SessionQuery::cursor).orElse(null));
  }

  /** A cursor as clients carry it; null for none. */
  static String text(Cursor cursor) {
    if (cursor == null) {
      return null;
    }
    String plain = cursor.updatedAt().toEpochMilli() + ":" + cursor.rowId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  private static Cursor cursor(String text) {
    try {
      byte[] plain = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(plain, StandardCharsets.US_ASCII).split(":", 2);
      long millis = Long.parseLong(parts[0]);
      if (millis < 0 || millis > LAST_MILLIS) {
        throw malformed("cursor is not one of ours");
      }
      return new Cursor(Instant.ofEpochMilli(millis), Long.parseLong(parts[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw malformed("cursor is not one of ours");
    }
  }

  private static Status status(String text) {
    for (Status status : Status.values()) {
      if (SessionView.text(status).equals(text)) {
        return status;
      }
    }
    throw malformed("status is matchmaking, inProgress or completed");
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
      throw malformed("limit is 1 to " + MOST);
    } catch (NumberFormatException e) {
      throw malformed("limit is 1 to " + MOST);
    }
  }

  private static RuntimeException malformed(String detail) {
    return Problem.malformed(detail).exception();
  }
}

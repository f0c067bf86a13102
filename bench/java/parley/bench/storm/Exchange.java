package parley.bench.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One copy of an act as it was sent, and what came back. Times are nanoseconds of one clock.
 *
 * @param sessionId which session the answer shows, or null
 * @param status of the answer; 0 if there was none
 * @param type of the problem, or null
 * @param session what the answer shows, or null
 * @param moves the ids of the moves that the answer lists, or null
 * @param retryAfter whether the answer says when to try again
 */
record Exchange(
    Act act,
    long sent,
    long answered,
    int status,
    String type,
    String sessionId,
    Snapshot session,
    List<String> moves,
    boolean retryAfter) {

  /** Takes down an answer that has just come. */
  static Exchange of(Act act, long sent, Api.Answer answer) {
    JsonNode body = answer.body();
    JsonNode session = body.has("sessionId") ? body : body.path("session");
    List<String> moves = null;
    if (answer.status() == 200 && act.kind() == Act.Kind.HISTORY) {
      moves = new ArrayList<>();
      for (JsonNode move : body.path("moves")) {
        moves.add(move.path("moveId").textValue());
      }
    }
    return new Exchange(
        act,
        sent,
        System.nanoTime(),
        answer.status(),
        body.path("type").textValue(),
        session.path("sessionId").textValue(),
        session.has("sessionId") ? Snapshot.of(session) : null,
        moves,
        answer.retryAfter());
  }

  /** Whether the answer tells nothing of the game: the server was away. */
  boolean unanswered() {
    return status == 0 || status == 503;
  }

  @Override
  public String toString() {
    String who = head(act.player());
    String what = act.raised() ? act.kind() + " (event)" : act.kind().toString();
    String how =
        (act.moveId() == null ? "" : " id " + head(act.moveId()))
            + (act.kind() == Act.Kind.MOVE ? " cell " + act.cell() : "")
            + (act.code() == null ? "" : " code " + act.code());
    String answer =
        status
            + (type == null ? "" : " " + type)
            + (session == null
                ? ""
                : " v" + session.version() + " " + session.board() + " " + session.status())
            + (moves == null ? "" : " " + moves.size() + " moves");
    return who + " " + what + how + " -> " + answer;
  }

  /** Enough of an id to tell it from the others of a game. */
  private static String head(String id) {
    return id.substring(0, Math.min(8, id.length()));
  }
}

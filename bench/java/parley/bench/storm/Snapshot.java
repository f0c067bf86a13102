package parley.bench.storm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A session as an answer or its row shows it. Ids and enums are texts as the API writes them.
 *
 * @param x who has the first seat
 * @param o who has the second one, or null
 */
record Snapshot(
    long version,
    String status,
    String x,
    String o,
    String turn,
    String board,
    int left,
    String winner,
    String end) {

  /** Reads a session of the API. */
  static Snapshot of(JsonNode session) {
    JsonNode players = session.path("players");
    return new Snapshot(
        session.path("version").asLong(),
        session.path("status").textValue(),
        seat(players, "X"),
        seat(players, "O"),
        session.path("currentPlayerId").textValue(),
        session.path("board").textValue(),
        session.path("movesLeft").asInt(),
        session.path("winnerId").textValue(),
        session.path("endReason").textValue());
  }

  boolean over() {
    return status.equals("completed");
  }

  private static String seat(JsonNode players, String seat) {
    for (JsonNode player : players) {
      if (seat.equals(player.path("seat").textValue())) {
        return player.path("playerId").textValue();
      }
    }
    return null;
  }
}

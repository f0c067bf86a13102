package parley.game;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.Status;
import parley.platform.Json;

/**
 * What a game's orchestration knows of its session, and continues as new with.
 *
 * @param turnDeadline null unless in progress
 * @param remindAt when the player is to be reminded of the deadline; null if not, or not any more
 * @param shown the custom status: the session as anybody may see it, or less if that is too large
 */
record GameState(
    long version,
    Status status,
    Instant turnDeadline,
    // Left out where there is none, as in histories of before.
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant remindAt,
    JsonNode shown) {

  /** Azure's limit for a custom status, in UTF-16 code units. */
  private static final int SHOWN_LIMIT = 16 * 1024 / 2;

  private record Brief(String status, long version, UUID currentPlayerId) {}

  static GameState of(GameSession session, SessionView view, Instant remindAt) {
    JsonNode shown = Json.tree(view);
    if (shown.toString().length() > SHOWN_LIMIT) {
      shown = Json.tree(new Brief(view.status(), view.version(), view.currentPlayerId()));
    }
    return new GameState(
        session.version(), session.status(), session.turnDeadline(), remindAt, shown);
  }

  /**
   * What the activity ApplyEvent is asked.
   *
   * @param event one of {@link GameNames#EVENTS}
   * @param payload the event's own
   * @param version the version that the orchestration knows; 0 for none
   */
  record EventToApply(UUID sessionId, String event, JsonNode payload, long version) {}

  /**
   * What it answers.
   *
   * @param state the session as it stands now; null if there is no such session
   */
  record Applied(GameState state) {}

  // Not isOver(): a Jackson that does not know this record must not take it for a property.
  boolean over() {
    return status == Status.COMPLETED;
  }
}

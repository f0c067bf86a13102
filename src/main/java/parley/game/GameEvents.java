package parley.game;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import parley.game.rules.GameEvent;
import parley.game.rules.Move;
import parley.platform.Json;

/**
 * The events of a game as they travel: JSON with the version that a request has committed, or
 * without one where a trusted server raises the event itself.
 */
final class GameEvents {

  record TakeTurn(UUID moveId, UUID playerId, Map<String, Object> move, Long version) {}

  record Forfeit(UUID moveId, UUID playerId, Long version) {}

  record AddPlayer(UUID playerId, Long version) {}

  private GameEvents() {}

  /** What an event is raised as. */
  static String name(GameEvent event) {
    if (event instanceof GameEvent.TakeTurn) {
      return GameNames.TAKE_TURN;
    }
    if (event instanceof GameEvent.Forfeit) {
      return GameNames.FORFEIT;
    }
    return event instanceof GameEvent.AddPlayer ? GameNames.ADD_PLAYER : GameNames.WAKE;
  }

  /**
   * What is raised once a request has committed an event.
   *
   * @param version the session's after it
   */
  static Object payload(GameEvent event, long version) {
    if (event instanceof GameEvent.TakeTurn turn) {
      Move move = turn.move();
      return new TakeTurn(move.moveId(), move.playerId(), move.move(), version);
    }
    if (event instanceof GameEvent.Forfeit forfeit) {
      Move move = forfeit.move();
      return new Forfeit(move.moveId(), move.playerId(), version);
    }
    return event instanceof GameEvent.AddPlayer add
        ? new AddPlayer(add.playerId(), version)
        : new GameNames.Wake(version);
  }

  /** The version that a request has committed the event as; empty if none has. */
  static OptionalLong version(JsonNode payload) {
    long version = payload == null ? 0 : payload.path("version").asLong(0);
    return version > 0 ? OptionalLong.of(version) : OptionalLong.empty();
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException or {@link Json.MalformedException} if it is not what its name
   *     says; the message names the field
   */
  static GameEvent read(String name, JsonNode payload) {
    return switch (name) {
      case GameNames.TAKE_TURN -> {
        TakeTurn event = Json.convert(payload, TakeTurn.class);
        if (event.move() == null) {
          throw new IllegalArgumentException("move is missing");
        }
        yield new GameEvent.TakeTurn(
            new Move(event.moveId(), event.playerId(), Json.normal(event.move())));
      }
      case GameNames.FORFEIT -> {
        Forfeit event = Json.convert(payload, Forfeit.class);
        yield new GameEvent.Forfeit(Move.forfeit(event.moveId(), event.playerId()));
      }
      case GameNames.ADD_PLAYER -> {
        AddPlayer event = Json.convert(payload, AddPlayer.class);
        if (event.playerId() == null) {
          throw new IllegalArgumentException("playerId is missing");
        }
        yield new GameEvent.AddPlayer(event.playerId(), null, true);
      }
      case GameNames.WAKE -> new GameEvent.Look();
      default -> throw new IllegalArgumentException("no such event: " + name);
    };
  }
}

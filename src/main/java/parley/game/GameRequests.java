package parley.game;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import parley.platform.Json;

/** What players ask, as they send it. A record refuses what is missing or of the wrong type. */
final class GameRequests {
  private GameRequests() {}

  /**
   * @param settings what has to be equal for two players to be matched, and turnSeconds
   * @param opponent the only player who may join without a code; null for anybody
   * @param inviteOnly whether a code is needed to join; null for no
   */
  record Start(String game, Map<String, Object> settings, UUID opponent, Boolean inviteOnly) {
    Start {
      present("game", game);
      present("settings", settings);
      settings = Json.normal(settings);
      inviteOnly = inviteOnly != null && inviteOnly;
    }
  }

  /**
   * @param code in either case, for people type it; null for who needs none
   */
  record Join(String code) {
    Join {
      code = code == null ? null : code.strip().toUpperCase(Locale.ROOT);
    }
  }

  record Turn(UUID moveId, Map<String, Object> move) {
    Turn {
      present("moveId", moveId);
      present("move", move);
      move = Json.normal(move);
    }
  }

  record Forfeit(UUID moveId) {
    Forfeit {
      present("moveId", moveId);
    }
  }

  private static void present(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException("the field " + name + " is missing");
    }
  }
}

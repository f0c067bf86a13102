package parley.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * The game on a player's device.
 *
 * @param installationId made by the game when it is installed
 * @param token what the platform knows the device by
 * @param installedAt when the push service was last known to have it so; null if it need not
 */
record Device(
    UUID playerId, String installationId, Platform platform, String token, Instant installedAt) {

  /** All devices of a player have it. */
  String playerTag() {
    return "player:" + playerId;
  }

  /**
   * Only this device of this player has it: once another player has signed in there, or until the
   * push service knows of that, it means nobody.
   */
  String tag() {
    return playerTag() + ":" + installationId;
  }

  /** Shows no token, so that none gets into a log. */
  @Override
  public String toString() {
    return "Device " + installationId;
  }
}

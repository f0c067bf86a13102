package parley.notifications;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.notifications.PushHub.RefusedException;
import parley.platform.ProblemException;

/** Sends pushes to the devices of a player. */
public final class Pushes {

  private static final Logger LOG = Logger.getLogger(Pushes.class.getName());

  private final Devices devices;
  private final Optional<PushHub> hub;
  private final Clock clock;

  /**
   * @param hub empty if no pushes are to be sent
   */
  public Pushes(Devices devices, Optional<PushHub> hub, Clock clock) {
    this.devices = devices;
    this.hub = hub;
    this.clock = clock;
  }

  /**
   * What has come of a push. Neither sent nor left is what cannot be sent: the player has no device
   * of that platform, or the push was refused or is too late.
   *
   * @param sent platforms to whose devices it is on its way
   * @param left platforms that are to be tried again
   * @param retryAfter when that makes sense; null if none is left
   */
  public record Pushed(Set<Platform> sent, Set<Platform> left, Duration retryAfter) {}

  /**
   * Sends a push to those devices of its player that are on one of these platforms: one
   * notification a platform. It takes some seconds at most, and does not try twice. A push whose
   * acknowledgement was lost is sent again by the next try, and takes the place of itself.
   *
   * @throws ProblemException 503 if the database does not answer
   */
  public Pushed push(Push push, Set<Platform> platforms) {
    Set<Platform> sent = EnumSet.noneOf(Platform.class);
    Set<Platform> left = EnumSet.noneOf(Platform.class);
    Duration retryAfter = null;
    if (!clock.instant().isBefore(push.expiresAt())) {
      return new Pushed(sent, left, null);
    }
    List<Device> all = devices.of(push.playerId());
    for (Platform platform : platforms) {
      try {
        if (send(push, platform, all)) {
          sent.add(platform);
        }
      } catch (ProblemException e) {
        left.add(platform);
        retryAfter = later(retryAfter, e.problem().retryAfter());
      } catch (RefusedException e) {
        LOG.log(
            Level.SEVERE, "push {0}: {1}", new Object[] {push.notificationId(), e.getMessage()});
      }
    }
    if (left.isEmpty()) {
      devices.tend(all);
    }
    return new Pushed(sent, left, retryAfter);
  }

  private boolean send(Push push, Platform platform, List<Device> all) {
    List<Device> meant = new ArrayList<>();
    for (Device device : all) {
      if (device.platform() == platform && devices.installed(device)) {
        meant.add(device);
      }
    }
    if (!meant.isEmpty()) {
      hub.orElseThrow().send(push, platform, meant);
    }
    return !meant.isEmpty();
  }

  private static Duration later(Duration one, Duration other) {
    return one == null || one.compareTo(other) < 0 ? other : one;
  }
}

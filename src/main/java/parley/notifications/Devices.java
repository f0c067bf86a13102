package parley.notifications;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.notifications.PushHub.Knowledge;
import parley.notifications.PushHub.RefusedException;
import parley.platform.Database;
import parley.platform.Problem;
import parley.platform.ProblemException;

/**
 * The players' devices. The row in MySQL is the truth; the push service is told after it, and again
 * when a push is due if that has failed. A push is addressed to what the rows name, so a device
 * that is gone here gets nothing more, whatever the push service still knows.
 */
public final class Devices {

  private static final Logger LOG = Logger.getLogger(Devices.class.getName());

  /** So long the push service is trusted to have a device as it was put there. */
  private static final Duration TRUST = Duration.ofDays(1);

  private final DeviceStore store;
  private final Optional<PushHub> hub;
  private final Clock clock;

  /**
   * @param hub empty if no pushes are to be sent: devices are put down all the same
   */
  public Devices(Database database, Optional<PushHub> hub, Clock clock) {
    this.store = new DeviceStore(database, clock);
    this.hub = hub;
    this.clock = clock;
  }

  /**
   * Registers a device with its player; the same again, or with a new token, is well.
   *
   * @return whether the device is new to this player
   * @throws ProblemException 503 if the push service is not to be had: the device is put down, and
   *     it will be told; 400 if it does not take the token
   */
  boolean register(Device device) {
    DeviceStore.Registered registered = store.register(device);
    registered.evicted().forEach(this::forget);
    if (hub.isPresent() && !install(device)) {
      throw Problem.malformed("the push service does not take this token").exception();
    }
    return registered.created();
  }

  /**
   * Takes a device from its player.
   *
   * @return false if the player has no such device
   */
  boolean remove(UUID playerId, String installationId) {
    boolean removed = store.remove(playerId, installationId);
    if (removed) {
      forget(installationId);
    }
    return removed;
  }

  /** Where a player's pushes may go; nowhere if none are to be sent. */
  List<Device> of(UUID playerId) {
    return hub.isPresent() ? store.of(playerId) : List.of();
  }

  /**
   * Makes sure that the push service was told of a device.
   *
   * @return false if it has refused it; then the device is removed
   * @throws ProblemException 503 with when to try again
   */
  boolean installed(Device device) {
    return device.installedAt() != null || install(device);
  }

  /**
   * Removes devices whose platform does not know them any more, and puts back those that the push
   * service has lost. Each is looked at once a day; what fails now is done another day.
   */
  void tend(List<Device> devices) {
    for (Device device : devices) {
      boolean due =
          device.installedAt() != null
              && !clock.instant().isBefore(device.installedAt().plus(TRUST));
      try {
        if (due) {
          tend(device);
        }
      } catch (ProblemException | RefusedException e) {
        LOG.log(Level.FINE, "a device was not looked at: {0}", e.getMessage());
        return;
      }
    }
  }

  private void tend(Device device) {
    Knowledge knowledge = hub.orElseThrow().knows(device);
    switch (knowledge) {
      case SAME -> store.installed(device);
      case OTHER -> install(device);
      case EXPIRED -> {
        if (store.remove(device)) {
          forget(device.installationId());
        }
      }
    }
  }

  private boolean install(Device device) {
    try {
      hub.orElseThrow().install(device);
      store.installed(device);
      return true;
    } catch (RefusedException e) {
      LOG.log(Level.INFO, "a device is removed: {0}", e.getMessage());
      store.remove(device);
      return false;
    }
  }

  /** Best done, but nothing depends on it: no push is addressed to it any more. */
  private void forget(String installationId) {
    try {
      hub.ifPresent(service -> service.uninstall(installationId));
    } catch (ProblemException | RefusedException e) {
      LOG.log(Level.INFO, "an installation stays behind: {0}", e.getMessage());
    }
  }
}

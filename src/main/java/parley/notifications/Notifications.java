package parley.notifications;

import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import java.util.List;
import java.util.Set;
import parley.notifications.NotificationNames.Deliver;
import parley.platform.Instances;
import parley.platform.Instances.Start;

/** Where everybody else leaves what players are to be told. */
public final class Notifications {

  private final NotificationStore store;
  private final Instances instances;
  private final Deliver deliver;

  /**
   * @param ackSeconds how long a client has to say that it has shown one, before devices are told
   */
  public Notifications(NotificationStore store, Instances instances, int ackSeconds) {
    this.store = store;
    this.instances = instances;
    this.deliver = new Deliver(ackSeconds);
  }

  /**
   * Puts them down, and has each brought to its player. Once this has returned each will be; before
   * that it may be repeated, and each goes out once.
   *
   * @throws parley.platform.ProblemException 503 if the database or Durable Functions is away
   */
  public void tell(DurableClientContext durable, List<Notification> notifications) {
    Set<Notification> queued = store.queue(notifications);
    instances.startAll(durable, queued.stream().map(this::start).toList());
  }

  private Start start(Notification notification) {
    return new Start(
        NotificationNames.NOTIFICATION_ORCHESTRATOR, notification.id().toString(), deliver);
  }
}

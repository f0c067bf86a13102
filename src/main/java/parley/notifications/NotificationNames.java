package parley.notifications;

import java.util.UUID;

/** The names that outlive a deployment, because running orchestrations and clients hold them. */
public final class NotificationNames {

  public static final String NOTIFICATION_ORCHESTRATOR = "NotificationOrchestrator";
  public static final String SEND_NOTIFICATION = "SendNotification";
  public static final String CANCEL_NOTIFICATION = "CancelNotification";
  public static final String PUSH_NOTIFICATION = "PushNotification";

  public static final String RECEIVED = "received";

  /** The SignalR hub, and the setting that names the service. */
  static final String HUB = "games";

  static final String SIGNALR = "AzureSignalRConnectionString";

  private NotificationNames() {}

  /**
   * What an orchestration begins with; its instance id is the notification's.
   *
   * @param ackSeconds how long the player's client has to say that it has shown it
   */
  record Deliver(int ackSeconds) {}

  /** Raised at an orchestration: the player's client has shown it. */
  record Received(UUID notificationId) {}
}

package parley.notifications;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import com.microsoft.azure.functions.signalr.annotation.SignalROutput;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.notifications.NotificationStore.Stored;
import parley.notifications.Pushes.Pushed;
import parley.notifications.Subjects.Subject;
import parley.platform.Json;

/** What is done with a notification. Each may be done twice: its id stays the same. */
public final class NotificationActivities {

  /** Worth telling only while they are so: what comes after tells something else. */
  private static final Set<String> PASSING = Set.of("yourTurn", "turnExpiring", "invited");

  /** A device that is off for longer hears of it when the game is opened. */
  private static final Duration PUSH_LIFE = Duration.ofDays(1);

  private final NotificationStore notifications;
  private final Pushes pushes;
  private final Subjects subjects;
  private final Duration ack;
  private final Clock clock;

  /**
   * @param ack how long a client has to say that it has shown a notification
   */
  public NotificationActivities(
      NotificationStore notifications,
      Pushes pushes,
      Subjects subjects,
      Duration ack,
      Clock clock) {
    this.notifications = notifications;
    this.pushes = pushes;
    this.subjects = subjects;
    this.ack = ack;
    this.clock = clock;
  }

  /**
   * How far a notification is.
   *
   * @param over whether nothing is left to do
   * @param againInSeconds when to go on, if that was not possible now; 0 for at once
   */
  record Step(NotificationStatus status, boolean over, long againInSeconds) {
    static Step open(NotificationStatus status) {
      return new Step(status, false, 0);
    }

    static Step over(NotificationStatus status) {
      return new Step(status, true, 0);
    }
  }

  /**
   * What a client gets.
   *
   * @param expiresAt from then on it is not to be shown, for a device will
   * @param session as the player may see it
   */
  record Message(
      UUID id,
      String kind,
      UUID sessionId,
      String title,
      String body,
      Instant expiresAt,
      Object session) {}

  /** Sends it to the player's open connections, unless it is no longer true; takes its id. */
  @FunctionName(NotificationNames.SEND_NOTIFICATION)
  public String sendNotification(
      @DurableActivityTrigger(name = "id") String json,
      @SignalROutput(
              name = "message",
              connectionStringSetting = NotificationNames.SIGNALR,
              hubName = NotificationNames.HUB)
          OutputBinding<SignalRMessage> message) {
    Stored stored = notifications.load(id(json));
    if (stored.status() != NotificationStatus.QUEUED
        && stored.status() != NotificationStatus.SENT) {
      return Json.write(Step.over(stored.status()));
    }
    Optional<Subject> subject = current(stored);
    if (subject.isEmpty()) {
      return Json.write(Step.over(notifications.drop(stored.id())));
    }
    SignalRMessage sent =
        new SignalRMessage(
            stored.kind(), Json.readObject(Json.write(message(stored, subject.get()))));
    sent.userId = stored.playerId().toString();
    message.setValue(sent);
    return Json.write(Step.open(notifications.send(stored.id())));
  }

  /** Takes back what was sent, unless it was shown; takes the notification's id. */
  @FunctionName(NotificationNames.CANCEL_NOTIFICATION)
  public String cancelNotification(@DurableActivityTrigger(name = "id") String json) {
    NotificationStatus status = notifications.cancel(id(json));
    return Json.write(
        status == NotificationStatus.CANCELLED ? Step.open(status) : Step.over(status));
  }

  /**
   * Sends it to the player's devices, if there are any, unless it was shown after all or is no
   * longer true; takes its id. A push that was sent and not noted is sent again, and takes the
   * place of itself on the device.
   */
  @FunctionName(NotificationNames.PUSH_NOTIFICATION)
  public String pushNotification(@DurableActivityTrigger(name = "id") String json) {
    UUID id = id(json);
    Stored stored = notifications.load(id);
    Optional<Subject> subject = current(stored);
    NotificationStatus status = subject.isEmpty() ? notifications.drop(id) : notifications.push(id);
    if (status != NotificationStatus.PUSHED) {
      return Json.write(Step.over(status));
    }
    Pushed pushed = pushes.push(push(stored, subject.orElseThrow()));
    if (!pushed.left().isEmpty()) {
      return Json.write(new Step(status, false, Math.max(1, pushed.retryAfter().toSeconds())));
    }
    return Json.write(Step.over(pushed.sent().isEmpty() ? notifications.unpush(id) : status));
  }

  private Push push(Stored stored, Subject subject) {
    return new Push(
        stored.playerId(),
        stored.id(),
        stored.sessionId(),
        stored.kind(),
        NotificationTexts.title(stored.kind(), stored.locale()),
        NotificationTexts.body(stored.kind(), stored.locale(), subject.opponent()),
        clock.instant().plus(PUSH_LIFE),
        Map.of());
  }

  private Optional<Subject> current(Stored stored) {
    return stored.off()
        ? Optional.empty()
        : subjects
            .find(stored.sessionId(), stored.playerId())
            .filter(
                subject ->
                    !PASSING.contains(stored.kind()) || subject.version() == stored.version());
  }

  private Message message(Stored stored, Subject subject) {
    Locale locale = stored.locale();
    return new Message(
        stored.id(),
        stored.kind(),
        stored.sessionId(),
        NotificationTexts.title(stored.kind(), locale),
        NotificationTexts.body(stored.kind(), locale, subject.opponent()),
        clock.instant().plus(ack),
        subject.view());
  }

  private static UUID id(String json) {
    return Json.read(json, UUID.class);
  }
}

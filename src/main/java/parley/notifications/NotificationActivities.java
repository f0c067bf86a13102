package parley.notifications;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import com.microsoft.azure.functions.signalr.annotation.SignalROutput;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
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

  /** Whose device, or the push service, is away for longer hears of it when the game is opened. */
  private static final Duration PUSH_LIFE = Duration.ofDays(1);

  /** Between two tries of a push at most. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

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
   * @param left platforms whose devices are still to be told
   * @param pushed whether those of another have been
   * @param againInMillis when to go on, if that was not possible now; 0 for at once
   */
  record Step(
      NotificationStatus status,
      boolean over,
      Set<Platform> left,
      boolean pushed,
      long againInMillis) {

    /** Read in one order always: the platforms are what an orchestrator calls an activity with. */
    Step {
      left = left.isEmpty() ? Set.of() : EnumSet.copyOf(left);
    }

    static Step open(NotificationStatus status) {
      return new Step(status, false, EnumSet.allOf(Platform.class), false, 0);
    }

    static Step over(NotificationStatus status) {
      return new Step(status, true, Set.of(), false, 0);
    }
  }

  /**
   * What is to be pushed.
   *
   * @param pushed whether devices of other platforms have been told already
   */
  record ToPush(UUID id, Set<Platform> platforms, boolean pushed) {}

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
   * longer true. It is noted only once it is sent, so that a receipt counts for as long as it can
   * not be. A push that was sent and not noted is sent again, and takes the place of itself on the
   * device.
   */
  @FunctionName(NotificationNames.PUSH_NOTIFICATION)
  public String pushNotification(@DurableActivityTrigger(name = "push") String json) {
    ToPush asked = Json.read(json, ToPush.class);
    UUID id = asked.id();
    Stored stored = notifications.load(id);
    if (stored.status() != NotificationStatus.CANCELLED) {
      return Json.write(Step.over(stored.status()));
    }
    Optional<Subject> subject = current(stored);
    if (subject.isEmpty()) {
      return Json.write(
          Step.over(asked.pushed() ? notifications.push(id) : notifications.drop(id)));
    }
    Pushed pushed = pushes.push(push(stored, subject.get()), asked.platforms());
    boolean some = asked.pushed() || !pushed.sent().isEmpty();
    if (!pushed.left().isEmpty()) {
      Duration wait = wait(stored, pushed.retryAfter());
      return Json.write(new Step(stored.status(), false, pushed.left(), some, wait.toMillis()));
    }
    return Json.write(Step.over(some ? notifications.push(id) : stored.status()));
  }

  /**
   * When a push is tried again: not before the push service wants it, and the later the longer it
   * has been waiting, so that a long outage leaves no long history. Those that have waited for the
   * same go on one after the other, each at a moment that its id says.
   */
  private Duration wait(Stored stored, Duration retryAfter) {
    long waited = Duration.between(stored.createdAt(), clock.instant()).toMillis();
    long grown = Math.min(waited / 10, LONGEST_WAIT.toMillis());
    long least = Math.max(grown, Math.max(retryAfter.toMillis(), 1_000));
    return Duration.ofMillis(least + Math.floorMod(stored.id().hashCode(), least / 4));
  }

  private Push push(Stored stored, Subject subject) {
    return new Push(
        stored.playerId(),
        stored.id(),
        stored.sessionId(),
        stored.kind(),
        NotificationTexts.title(stored.kind(), stored.locale()),
        NotificationTexts.body(stored.kind(), stored.locale(), subject.opponent()),
        stored.createdAt().plus(PUSH_LIFE),
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

package parley.notifications;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import parley.notifications.NotificationActivities.Step;
import parley.notifications.NotificationActivities.ToPush;
import parley.platform.Json;

/** Stands in for a notification's activities: a test says what comes of each, and sees them. */
public final class ScriptedActivities {

  static final Set<Platform> ALL = EnumSet.allOf(Platform.class);

  final List<String> done = new CopyOnWriteArrayList<>();
  volatile Supplier<Step> send = () -> Step.open(NotificationStatus.SENT);
  volatile Step cancel = Step.open(NotificationStatus.CANCELLED);
  volatile Step push = Step.over(NotificationStatus.PUSHED);

  @FunctionName(NotificationNames.SEND_NOTIFICATION)
  public String sendNotification(@DurableActivityTrigger(name = "id") String json) {
    done.add("send " + Json.read(json, UUID.class));
    return Json.write(send.get());
  }

  @FunctionName(NotificationNames.CANCEL_NOTIFICATION)
  public String cancelNotification(@DurableActivityTrigger(name = "id") String json) {
    done.add("cancel " + Json.read(json, UUID.class));
    return Json.write(cancel);
  }

  @FunctionName(NotificationNames.PUSH_NOTIFICATION)
  public String pushNotification(@DurableActivityTrigger(name = "push") String json) {
    ToPush asked = Json.read(json, ToPush.class);
    done.add(
        "push %s to %s%s"
            .formatted(
                asked.id(),
                asked.platforms().stream().map(Platform::text).sorted().toList(),
                asked.pushed() ? " as well" : ""));
    return Json.write(push);
  }
}

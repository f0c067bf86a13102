package parley.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskFailedException;
import com.microsoft.durabletask.TaskOptions;
import com.microsoft.durabletask.TaskOrchestrationContext;
import com.microsoft.durabletask.azurefunctions.DurableOrchestrationTrigger;
import java.time.Duration;
import java.util.UUID;
import parley.notifications.NotificationActivities.Step;
import parley.notifications.NotificationActivities.ToPush;
import parley.notifications.NotificationNames.Deliver;
import parley.platform.Json;
import parley.platform.Retries;

/**
 * Brings one notification to its player; the instance id is the notification's. It tries the open
 * connections first, waits for the word that it was shown, and only then sends it to the devices.
 */
public final class NotificationOrchestrator {

  /** A connection that cannot be had soon is no better than none: there are devices. */
  private static final TaskOptions SOON =
      new TaskOptions(new RetryPolicy(3, Duration.ofMillis(500)));

  /** Its output is the notification's status. */
  @FunctionName(NotificationNames.NOTIFICATION_ORCHESTRATOR)
  public String deliver(
      @DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext context) {
    Deliver deliver = Json.convert(context.getInput(JsonNode.class), Deliver.class);
    UUID id = UUID.fromString(context.getInstanceId());
    Task<JsonNode> received =
        context.waitForExternalEvent(NotificationNames.RECEIVED, JsonNode.class);
    Step step = send(context, id);
    // What could not be sent may have come through all the same, and be about to be shown.
    if (!step.over() && isShown(context, received, Duration.ofSeconds(deliver.ackSeconds()))) {
      return NotificationStatus.RECEIVED.text();
    }
    if (!step.over()) {
      step = call(context, NotificationNames.CANCEL_NOTIFICATION, id, Retries.PATIENT);
    }
    while (!step.over()) {
      ToPush toPush = new ToPush(id, step.left(), step.pushed());
      step = call(context, NotificationNames.PUSH_NOTIFICATION, Json.tree(toPush), Retries.PATIENT);
      if (!step.over() && isShown(context, received, Duration.ofMillis(step.againInMillis()))) {
        return NotificationStatus.RECEIVED.text();
      }
    }
    return step.status().text();
  }

  private static Step send(TaskOrchestrationContext context, UUID id) {
    try {
      return call(context, NotificationNames.SEND_NOTIFICATION, id, SOON);
    } catch (TaskFailedException e) {
      return Step.open(NotificationStatus.QUEUED);
    }
  }

  private static boolean isShown(
      TaskOrchestrationContext context, Task<JsonNode> received, Duration limit) {
    Task<Void> expired = context.createTimer(limit);
    context.anyOf(received, expired).await();
    return received.isDone();
  }

  private static Step call(
      TaskOrchestrationContext context, String activity, Object input, TaskOptions retry) {
    return Json.read(
        context.callActivity(activity, input, retry, String.class).await(), Step.class);
  }
}

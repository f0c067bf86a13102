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
import parley.notifications.NotificationActivities.Step;
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
    Task<JsonNode> received =
        context.waitForExternalEvent(NotificationNames.RECEIVED, JsonNode.class);
    Step sent = send(context);
    if (sent.over()) {
      return sent.status().text();
    }
    if (sent.status() == NotificationStatus.SENT
        && isShown(context, received, Duration.ofSeconds(deliver.ackSeconds()))) {
      return NotificationStatus.RECEIVED.text();
    }
    Step step = call(context, NotificationNames.CANCEL_NOTIFICATION, Retries.PATIENT);
    while (!step.over()) {
      step = call(context, NotificationNames.PUSH_NOTIFICATION, Retries.PATIENT);
      if (step.againInSeconds() > 0) {
        context.createTimer(Duration.ofSeconds(step.againInSeconds())).await();
      }
    }
    return step.status().text();
  }

  private static Step send(TaskOrchestrationContext context) {
    try {
      return call(context, NotificationNames.SEND_NOTIFICATION, SOON);
    } catch (TaskFailedException e) {
      return new Step(NotificationStatus.QUEUED, false, 0);
    }
  }

  private static boolean isShown(
      TaskOrchestrationContext context, Task<JsonNode> received, Duration limit) {
    Task<Void> expired = context.createTimer(limit);
    context.anyOf(received, expired).await();
    return received.isDone();
  }

  private static Step call(TaskOrchestrationContext context, String activity, TaskOptions retry) {
    String id = context.getInstanceId();
    return Json.read(context.callActivity(activity, id, retry, String.class).await(), Step.class);
  }
}

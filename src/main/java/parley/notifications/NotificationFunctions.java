package parley.notifications;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import java.util.Optional;
import parley.notifications.NotificationStore.Entry;
import parley.platform.HttpEdge;
import parley.platform.Problem;
import parley.platform.Reply;

/** A player's notifications over HTTP. */
public final class NotificationFunctions {

  private static final int PAGE = 100;

  private final HttpEdge edge;
  private final NotificationStore notifications;

  public NotificationFunctions(HttpEdge edge, NotificationStore notifications) {
    this.edge = edge;
    this.notifications = notifications;
  }

  record Inbox(List<Entry> notifications) {}

  /** The inbox, oldest first, at most 100: those after the one with the id {@code after}. */
  @FunctionName("ListNotifications")
  public HttpResponseMessage listNotifications(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "notifications")
          HttpRequestMessage<Optional<String>> request) {
    return edge.player(
        request,
        call ->
            notifications
                .inbox(call.playerId(), call.queryId("after").orElse(null), PAGE)
                .map(entries -> Reply.ok(new Inbox(entries)))
                .orElseThrow(() -> Problem.notFound("after is no notification").exception()));
  }
}

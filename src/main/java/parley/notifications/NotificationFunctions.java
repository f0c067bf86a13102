package parley.notifications;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.signalr.SignalRConnectionInfo;
import com.microsoft.azure.functions.signalr.annotation.SignalRConnectionInfoInput;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.notifications.Inbox.Entry;
import parley.platform.HttpEdge;
import parley.platform.Orchestrations;
import parley.platform.Problem;
import parley.platform.Reply;

/** A player's notifications over HTTP. */
public final class NotificationFunctions {

  private static final int PAGE = 100;

  private final HttpEdge edge;
  private final NotificationStore notifications;
  private final Inbox inbox;
  private final Orchestrations orchestrations;

  public NotificationFunctions(
      HttpEdge edge, NotificationStore notifications, Inbox inbox, Orchestrations orchestrations) {
    this.edge = edge;
    this.notifications = notifications;
    this.inbox = inbox;
    this.orchestrations = orchestrations;
  }

  /** Says that the player's client has shown a notification; also late, also twice (204). */
  @FunctionName("NotificationReceived")
  public HttpResponseMessage notificationReceived(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "notifications/{id}/received")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        call -> {
          UUID notification = HttpEdge.id(id);
          if (!inbox.has(call.playerId(), notification)) {
            throw Problem.notFound("you have no such notification").exception();
          }
          if (notifications.receive(notification)) {
            orchestrations.raise(
                durable,
                notification.toString(),
                NotificationNames.RECEIVED,
                new NotificationNames.Received(notification));
          }
          return Reply.of(204, null);
        });
  }

  /**
   * Where and with what the player's client connects to be told at once. The binding takes the
   * player's id from a header, which anybody can write, so the result is given out only to whom the
   * token names.
   */
  @FunctionName("Negotiate")
  public HttpResponseMessage negotiate(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "negotiate")
          HttpRequestMessage<Optional<String>> request,
      @SignalRConnectionInfoInput(
              name = "connection",
              connectionStringSetting = NotificationNames.SIGNALR,
              hubName = NotificationNames.HUB,
              userId = "{headers.x-player-id}")
          SignalRConnectionInfo connection) {
    return edge.player(
        request,
        call -> {
          String self = call.playerId().toString();
          if (call.header("x-player-id").filter(self::equals).isEmpty()) {
            throw Problem.forbidden("x-player-id is not your id").exception();
          }
          notifications.connect(call.playerId());
          return Reply.ok(new Connection(connection.url, connection.accessToken));
        });
  }

  /** What a client of SignalR connects with. */
  record Connection(String url, String accessToken) {}

  record Listed(List<Entry> notifications) {}

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
            inbox
                .of(call.playerId(), call.queryId("after").orElse(null), PAGE)
                .map(entries -> Reply.ok(new Listed(entries)))
                .orElseThrow(() -> Problem.notFound("after is no notification").exception()));
  }
}

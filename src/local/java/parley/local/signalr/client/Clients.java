package parley.local.signalr.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import parley.local.signalr.hub.Hubs;
import parley.local.signalr.hub.Times;
import parley.local.signalr.hub.Watch;
import parley.local.signalr.protocol.HubJson;
import parley.local.signalr.token.AccessKey;
import parley.local.signalr.web.Exchange;

/** Answers below {@code /client}: a client negotiates there, and opens its WebSocket. */
public final class Clients {

  /** So that a program that forgets to close does not take this one's sockets from others. */
  static final int MOST_CONNECTIONS = 10_000;

  private static final String REFUSED_TRANSPORT =
      "WebSockets are the only transport here: no server-sent events, no long polling";

  private final AccessKey key;
  private final Clock clock;
  private final Hubs hubs;
  private final Times times;
  private final Watch watch;
  private final ServerWebSocketContainer sockets;
  private final Ids ids = new Ids();
  private final AtomicInteger open = new AtomicInteger();

  public Clients(
      AccessKey key,
      Clock clock,
      Hubs hubs,
      Times times,
      Watch watch,
      ServerWebSocketContainer sockets) {
    this.key = key;
    this.clock = clock;
    this.hubs = hubs;
    this.times = times;
    this.watch = watch;
    this.sockets = sockets;
  }

  /**
   * Answers a request.
   *
   * @param path what follows {@code /client}
   * @param port that this service is at
   */
  public void answer(Exchange exchange, List<String> path, int port) {
    boolean negotiates = path.equals(List.of("negotiate"));
    if (!negotiates && !path.isEmpty()) {
      exchange.refuse(404, "NotFound", "nothing is at this path");
    } else if (negotiates && !exchange.method().equals("POST")) {
      exchange.refuse(405, "MethodNotAllowed", "to negotiate, POST");
    } else if (!negotiates && exchange.header(HttpHeader.UPGRADE).isEmpty()) {
      exchange.refuse(404, "NotFound", REFUSED_TRANSPORT);
    } else {
      Optional<Admission> admission = Admission.of(exchange, key, port, clock);
      if (admission.isPresent() && negotiates) {
        negotiate(exchange, admission.get());
      } else if (admission.isPresent()) {
        connect(exchange, admission.get());
      }
    }
  }

  /** Says what there is to connect with. Who asks for no version is a client of before 3.0. */
  private void negotiate(Exchange exchange, Admission admission) {
    String connectionId = Ids.any();
    ObjectNode json = HubJson.object();
    if (exchange.query("negotiateVersion").orElse("0").equals("0")) {
      ids.add(connectionId, connectionId, admission);
      json.put("negotiateVersion", 0);
    } else {
      String token = Ids.any();
      ids.add(token, connectionId, admission);
      json.put("negotiateVersion", 1).put("connectionToken", token);
    }
    json.put("connectionId", connectionId);
    ArrayNode transports = json.putArray("availableTransports");
    transports.addObject().put("transport", "WebSockets").putArray("transferFormats").add("Text");
    exchange.answer(200, json);
  }

  private void connect(Exchange exchange, Admission admission) {
    Optional<String> negotiated = exchange.query("id");
    // A client may also come without having negotiated.
    Optional<String> id =
        negotiated.isEmpty()
            ? Optional.of(Ids.any())
            : negotiated.flatMap(token -> ids.take(token, admission));
    if (id.isEmpty()) {
      exchange.refuse(404, "NotFound", "no connection with that id was negotiated, negotiate anew");
      return;
    }
    if (open.get() >= MOST_CONNECTIONS) {
      exchange.refuse(503, "TooMany", "there are %d connections".formatted(MOST_CONNECTIONS));
      return;
    }
    ClientSocket socket =
        new ClientSocket(
            id.get(), admission.userId(), hubs.hub(admission.hub()), times, watch, open);
    WebSocketCreator creator =
        (request, response, callback) -> {
          // No compression: it costs each connection more memory than all the rest.
          response.setExtensions(List.of());
          return socket;
        };
    if (!sockets.upgrade(creator, exchange.request(), exchange.response(), exchange.callback())) {
      exchange.refuse(400, "BadRequest", "this is no proper request for a WebSocket");
    }
  }
}

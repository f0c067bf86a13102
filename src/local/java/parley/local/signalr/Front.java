package parley.local.signalr;

import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import parley.local.signalr.client.Clients;
import parley.local.signalr.rest.RestApi;
import parley.local.signalr.web.Exchange;

/** The door of the service: clients to one side, servers to the other. */
final class Front extends Handler.Abstract {

  private static final Logger LOG = Logger.getLogger(Front.class.getName());

  private final ServerConnector connector;
  private final Clients clients;
  private final RestApi rest;

  Front(ServerConnector connector, Clients clients, RestApi rest) {
    this.connector = connector;
    this.clients = clients;
    this.rest = rest;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    allowPages(request.getHeaders(), response.getHeaders());
    try {
      Exchange exchange = new Exchange(request, response, callback);
      answer(exchange, exchange.segments());
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, "a URL that cannot be read", e);
      Response.writeError(request, response, callback, 400, "the URL cannot be read");
    } catch (IOException e) {
      callback.failed(e);
    }
    return true;
  }

  private void answer(Exchange exchange, List<String> path) throws IOException {
    String first = path.isEmpty() ? "" : path.get(0);
    if (exchange.method().equals("OPTIONS")) {
      exchange.answer(204);
    } else if (first.equals("client")) {
      clients.answer(exchange, path.subList(1, path.size()), connector.getLocalPort());
    } else if (first.equals("api")) {
      rest.answer(exchange, path.subList(1, path.size()), connector.getLocalPort());
    } else {
      exchange.refuse(404, "NotFound", "clients are at /client, and servers at /api");
    }
  }

  /** Pages of any site may ask; what they get depends on their token alone. */
  private static void allowPages(HttpFields request, HttpFields.Mutable response) {
    String origin = request.get(HttpHeader.ORIGIN);
    if (origin == null) {
      return;
    }
    response.put("Access-Control-Allow-Origin", origin);
    response.put("Access-Control-Allow-Credentials", "true");
    response.put(HttpHeader.VARY, "Origin");
    HttpField asked = request.getField("Access-Control-Request-Headers");
    if (asked != null) {
      response.put("Access-Control-Allow-Headers", asked.getValue());
      response.put("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
      response.put("Access-Control-Max-Age", "600");
    }
  }
}

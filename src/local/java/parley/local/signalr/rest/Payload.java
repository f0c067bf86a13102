package parley.local.signalr.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import parley.local.signalr.protocol.HubJson;
import parley.local.signalr.protocol.Outgoing;
import parley.local.signalr.protocol.ProtocolException;
import parley.local.signalr.web.Exchange;

/** What a server has clients called with: {@code {"target", "arguments": […]}}. */
final class Payload {

  /** What it may have, in bytes. */
  static final int LIMIT = 1 << 20;

  private Payload() {}

  /**
   * Makes the body of a request the message for clients.
   *
   * @throws RefusedException if it cannot be
   */
  static String message(Exchange exchange) throws IOException, RefusedException {
    Optional<String> type = exchange.header(HttpHeader.CONTENT_TYPE);
    if (type.isPresent() && !type.get().startsWith("application/json")) {
      throw new RefusedException(415, "the body is application/json, not " + type.get());
    }
    String body =
        exchange
            .body(LIMIT)
            .orElseThrow(
                () -> new RefusedException(413, "the body has at most " + LIMIT + " bytes"));
    try {
      ObjectNode json = HubJson.read(body);
      JsonNode target = field(json, "target");
      if (!target.isTextual() || target.textValue().isEmpty()) {
        throw new RefusedException(400, "the target is the name of a client's method");
      }
      return Outgoing.invocation(target.textValue(), arguments(field(json, "arguments")));
    } catch (ProtocolException e) {
      throw new RefusedException(400, "the body is {\"target\", \"arguments\": […]}");
    }
  }

  private static ArrayNode arguments(JsonNode json) throws RefusedException {
    if (json instanceof ArrayNode array) {
      return array;
    }
    if (json.isMissingNode() || json.isNull()) {
      return HubJson.object().putArray("none");
    }
    throw new RefusedException(400, "the arguments are an array");
  }

  /** The server SDKs write names in either case. */
  private static JsonNode field(ObjectNode json, String name) {
    JsonNode small = json.path(name);
    return small.isMissingNode()
        ? json.path(Character.toUpperCase(name.charAt(0)) + name.substring(1))
        : small;
  }
}

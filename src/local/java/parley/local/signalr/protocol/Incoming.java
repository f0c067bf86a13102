package parley.local.signalr.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a client says after its handshake. */
public sealed interface Incoming {

  record Ping() implements Incoming {}

  record Close() implements Incoming {}

  /**
   * A call of a method of the server, which may wait for its completion.
   *
   * @param id empty if the client does not wait
   */
  record Call(Optional<String> id, String target) implements Incoming {}

  /** Parts and ends of streams, answers to calls: nothing that was asked for. */
  record Other() implements Incoming {}

  /**
   * Reads a message.
   *
   * @throws ProtocolException if it is none
   */
  static Incoming read(String message) throws ProtocolException {
    JsonNode json = HubJson.read(message);
    JsonNode type = json.path("type");
    if (!type.isInt()) {
      throw new ProtocolException("a message has a type");
    }
    return switch (type.intValue()) {
      case 1, 4 -> call(json);
      case 6 -> new Ping();
      case 7 -> new Close();
      default -> new Other();
    };
  }

  private static Call call(JsonNode json) throws ProtocolException {
    if (!json.path("target").isTextual()) {
      throw new ProtocolException("an invocation has a target");
    }
    return new Call(
        Optional.ofNullable(json.path("invocationId").textValue()), json.get("target").textValue());
  }
}

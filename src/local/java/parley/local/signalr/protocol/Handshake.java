package parley.local.signalr.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/** The first message of a client, which says what it speaks, and the answers to it. */
public final class Handshake {

  /** What a client hears that is understood. */
  public static final String ACCEPTED = "{}" + Frames.END;

  private static final int VERSION = 1;

  private Handshake() {}

  /**
   * Reads the message.
   *
   * @throws ProtocolException if it is none, or asks for what is not spoken here
   */
  public static void check(String message) throws ProtocolException {
    JsonNode request = HubJson.read(message);
    JsonNode protocol = request.path("protocol");
    JsonNode version = request.path("version");
    if (!protocol.isTextual() || !version.isIntegralNumber()) {
      throw new ProtocolException("a handshake has a protocol and a version");
    }
    if (!protocol.textValue().equals("json")) {
      throw new ProtocolException(
          "The protocol '%s' is not supported.".formatted(protocol.textValue()));
    }
    if (version.longValue() != VERSION) {
      throw new ProtocolException(
          "The server does not support version %s of the 'json' protocol."
              .formatted(version.asText()));
    }
  }

  /** What a client hears that is not. */
  public static String refused(String why) {
    return HubJson.write(HubJson.object().put("error", why)) + Frames.END;
  }
}

package parley.local.signalr.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client is told after its handshake, each with its end. */
public final class Outgoing {

  /** Nothing new, but the connection lives. */
  public static final String PING = "{\"type\":6}" + Frames.END;

  private Outgoing() {}

  /** A call of a method of the client, for whose completion nobody waits. */
  public static String invocation(String target, ArrayNode arguments) {
    ObjectNode json = HubJson.object().put("type", 1).put("target", target);
    json.set("arguments", arguments);
    return text(json);
  }

  /** The end of a call of the client's, without a result. */
  public static String failed(String invocationId, String why) {
    return text(
        HubJson.object().put("type", 3).put("invocationId", invocationId).put("error", why));
  }

  /**
   * The last message.
   *
   * @param why null if nothing is wrong
   * @param mayReconnect whether the client may try again by itself
   */
  public static String close(String why, boolean mayReconnect) {
    ObjectNode json = HubJson.object().put("type", 7);
    if (why != null) {
      json.put("error", why);
    }
    if (mayReconnect) {
      json.put("allowReconnect", true);
    }
    return text(json);
  }

  private static String text(ObjectNode json) {
    return HubJson.write(json) + Frames.END;
  }
}

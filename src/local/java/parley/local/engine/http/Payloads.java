package parley.local.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;

/** JSON in and out. */
final class Payloads {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Payloads() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static void answer(Context http, JsonNode json) {
    http.contentType("application/json").result(json.toString());
  }

  /** A text is told as the JSON that it is, and as itself if it is none. */
  static JsonNode told(String text) {
    if (text == null) {
      return NullNode.getInstance();
    }
    try {
      JsonNode node = JSON.readTree(text);
      return node.isMissingNode() ? TextNode.valueOf("") : node;
    } catch (JsonProcessingException notJson) {
      return TextNode.valueOf(text);
    }
  }

  /**
   * The body of a request, or null if it is empty.
   *
   * @throws JsonProcessingException if it is not JSON
   */
  static String json(Context http) throws JsonProcessingException {
    String body = http.body();
    JSON.readTree(body);
    return body.isBlank() ? null : body;
  }
}

package parley.local.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import parley.platform.Json;

/**
 * A notification as a device would see it, read from what was sent. Azure takes more than it should
 * and lets the platforms refuse it later; here what they would refuse is refused at once.
 *
 * @param collapseKey the next one with the same takes its place; null for none
 */
record Message(String collapseKey, String title, String body, Map<String, String> data) {

  /** Of either platform, in bytes. */
  static final int LIMIT = 4096;

  private static final int COLLAPSE_LIMIT = 64;
  private static final long LONGEST_SECONDS = 28L * 24 * 3600;
  private static final Pattern TTL = Pattern.compile("(\\d{1,7})(\\.\\d{1,9})?s");
  private static final Pattern RESERVED = Pattern.compile("from|message_type|google.*|gcm.*");

  /**
   * Reads a notification.
   *
   * @param header gives the value of a request header, or null
   * @throws IllegalArgumentException if a platform would not take it; the message says why
   */
  static Message read(Format format, String text, UnaryOperator<String> header) {
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    require(size <= LIMIT, "a notification has at most " + LIMIT + " bytes, this one has " + size);
    JsonNode json;
    try {
      json = Json.read(text, JsonNode.class);
    } catch (Json.MalformedException e) {
      throw new IllegalArgumentException("the notification is not JSON");
    }
    return format == Format.FCMV1 ? google(json) : apple(json, header);
  }

  private static Message google(JsonNode json) {
    JsonNode message = object(json, "message");
    for (String target : new String[] {"token", "topic", "condition"}) {
      require(!message.has(target), "message." + target + " is the hub's to set");
    }
    JsonNode notification = object(message, "notification");
    JsonNode android = message.path("android");
    require(android.isMissingNode() || android.isObject(), "message.android must be an object");
    JsonNode ttl = android.path("ttl");
    require(
        ttl.isMissingNode() || isTtl(ttl),
        "message.android.ttl must be seconds, such as \"60s\", of 4 weeks at most");
    JsonNode priority = android.path("priority");
    require(
        priority.isMissingNode() || priority.asText().matches("(?i)normal|high"),
        "message.android.priority must be normal or high");
    Map<String, String> data = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : message.path("data").properties()) {
      String name = entry.getKey();
      require(entry.getValue().isTextual(), "message.data." + name + " must be a text");
      require(!RESERVED.matcher(name).matches(), "message.data." + name + " is a reserved name");
      data.put(name, entry.getValue().textValue());
    }
    return new Message(
        optional(android, "collapse_key"),
        text(notification, "title"),
        text(notification, "body"),
        data);
  }

  private static Message apple(JsonNode json, UnaryOperator<String> header) {
    JsonNode alert = object(object(json, "aps"), "alert");
    optional(json.path("aps"), "thread-id");
    String type = header.apply("apns-push-type");
    require("alert".equals(type), "apns-push-type must be alert for what has an aps.alert");
    String expiration = header.apply("apns-expiration");
    require(
        expiration == null || expiration.matches("\\d{1,12}"),
        "apns-expiration must be seconds since 1970");
    String collapse = header.apply("apns-collapse-id");
    require(
        collapse == null || collapse.getBytes(StandardCharsets.UTF_8).length <= COLLAPSE_LIMIT,
        "apns-collapse-id has at most " + COLLAPSE_LIMIT + " bytes");
    Map<String, String> data = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!entry.getKey().equals("aps")) {
        data.put(entry.getKey(), entry.getValue().asText());
      }
    }
    return new Message(collapse, text(alert, "title"), text(alert, "body"), data);
  }

  private static boolean isTtl(JsonNode ttl) {
    var matcher = TTL.matcher(ttl.asText());
    return ttl.isTextual()
        && matcher.matches()
        && Long.parseLong(matcher.group(1)) <= LONGEST_SECONDS;
  }

  private static JsonNode object(JsonNode parent, String name) {
    JsonNode child = parent.path(name);
    require(child.isObject(), name + " must be an object");
    return child;
  }

  private static String text(JsonNode parent, String name) {
    JsonNode child = parent.path(name);
    require(child.isTextual() && !child.textValue().isBlank(), name + " must be a text");
    return child.textValue();
  }

  private static String optional(JsonNode parent, String name) {
    return parent.has(name) ? text(parent, name) : null;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

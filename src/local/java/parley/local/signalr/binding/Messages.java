package parley.local.signalr.binding;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import parley.local.functions.Values;

/** What functions give to the output binding, read as the extension of Azure Functions does. */
final class Messages {

  private final ServiceClient service;

  Messages(ServiceClient service) {
    this.service = service;
  }

  /**
   * Sends all of it, one after the other.
   *
   * @param value a message or a group action, a list or an array of them, or the JSON text of any
   *     of these
   * @throws IOException if the service did not accept one; those before it are sent
   * @throws IllegalArgumentException if something in it is neither
   */
  void send(Object value) throws IOException, InterruptedException {
    for (JsonElement item : items(value)) {
      if (!item.isJsonObject()) {
        throw new IllegalArgumentException("neither a SignalRMessage nor a SignalRGroupAction");
      }
      JsonObject json = item.getAsJsonObject();
      if (json.has("target") && json.has("arguments")) {
        sendMessage(json);
      } else if (json.has("action")) {
        change(json);
      } else {
        throw new IllegalArgumentException("neither a SignalRMessage nor a SignalRGroupAction");
      }
    }
  }

  private static Iterable<JsonElement> items(Object value) {
    try {
      JsonElement json =
          JsonParser.parseString(value instanceof String text ? text : Values.toJson(value));
      if (json.isJsonArray()) {
        return json.getAsJsonArray();
      }
      JsonArray one = new JsonArray();
      one.add(json);
      return one;
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  /** To a connection, else to a user, else to a group, else to all. */
  private void sendMessage(JsonObject message) throws IOException, InterruptedException {
    String path = "";
    for (String[] scope :
        new String[][] {
          {"connectionId", "connections"}, {"userId", "users"}, {"groupName", "groups"}
        }) {
      String name = text(message, scope[0]);
      if (path.isEmpty() && !name.isEmpty()) {
        path = "/" + scope[1] + "/" + ServiceClient.encoded(name);
      }
    }
    JsonObject body = new JsonObject();
    body.add("target", message.get("target"));
    body.add("arguments", message.get("arguments"));
    service.request("POST", path, body.toString());
  }

  private void change(JsonObject action) throws IOException, InterruptedException {
    String connection = text(action, "connectionId");
    String user = text(action, "userId");
    String group = text(action, "groupName");
    String kind = text(action, "action");
    if (connection.isEmpty() && user.isEmpty()) {
      throw new IllegalArgumentException("a group action names a connection or a user");
    }
    String member =
        connection.isEmpty()
            ? "/users/" + ServiceClient.encoded(user)
            : "/connections/" + ServiceClient.encoded(connection);
    if (kind.equals("removeAll")) {
      service.request("DELETE", member + "/groups", "");
      return;
    }
    if (group.isEmpty() || !kind.matches("add|remove")) {
      throw new IllegalArgumentException("a group action adds to a group or removes from it");
    }
    service.request(
        kind.equals("add") ? "PUT" : "DELETE",
        "/groups/" + ServiceClient.encoded(group) + member,
        "");
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}

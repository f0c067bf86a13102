package parley.local.signalr.rest;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.local.signalr.hub.Connection;
import parley.local.signalr.hub.Hub;
import parley.local.signalr.web.Exchange;

/** One request to the REST API that is allowed, and the hub that it is about. */
record Call(Exchange exchange, Address address, Hub hub) {

  private static final Pattern GROUP = Pattern.compile("\\S{1,1024}");

  /** The name at that place in the path. */
  String name(int i) {
    return address.names().get(i);
  }

  /** The same, of a group. */
  String group(int i) throws RefusedException {
    if (!GROUP.matcher(name(i)).matches()) {
      throw new RefusedException(
          400, "a group's name has 1 to 1024 characters, none of them blank");
    }
    return name(i);
  }

  Optional<Connection> connection(int i) {
    return hub.connection(name(i));
  }

  /** Sends the body to these; nobody to send it to is no error. */
  int send(Collection<Connection> connections) throws IOException, RefusedException {
    String message = Payload.message(exchange);
    Set<String> excluded = excluded();
    for (Connection connection : connections) {
      if (!excluded.contains(connection.id())) {
        connection.send(message);
      }
    }
    return 202;
  }

  /** Ends these. */
  int close(Collection<Connection> connections) {
    Set<String> excluded = excluded();
    for (Connection connection : List.copyOf(connections)) {
      if (!excluded.contains(connection.id())) {
        connection.close(exchange.query("reason").orElse(null), false);
      }
    }
    return 204;
  }

  /** What the API's first version answers, and what the later ones do. */
  int status(int first, int later) {
    return address.first() ? first : later;
  }

  private Set<String> excluded() {
    return Set.copyOf(exchange.queries("excluded"));
  }
}

package parley.local.signalr.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request to the REST API is about, whichever of its two forms the path has: {@code
 * /api/v1/hubs/chat/users/ann} or {@code /api/hubs/chat/users/ann/:send}.
 *
 * @param first whether it is of the API's first version
 * @param shape {@code users/*} and the like; with {@code :send} or another action at its end
 * @param names what stands for the stars, in order
 */
record Address(boolean first, String hub, String shape, List<String> names) {

  /** Reads a path without its leading {@code /api}; empty if no operation can be there. */
  static Optional<Address> of(String method, List<String> path) {
    boolean first = !path.isEmpty() && path.get(0).equals("v1");
    List<String> rest = path.subList(first ? 1 : 0, path.size());
    if (rest.size() < 2 || !rest.get(0).equals("hubs")) {
      return Optional.empty();
    }
    StringBuilder shape = new StringBuilder();
    List<String> parts = rest.subList(2, rest.size());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean action = i == parts.size() - 1 && part.startsWith(":") && !first;
      boolean name = i % 2 == 1 && !action;
      if (name) {
        names.add(part);
      }
      shape.append(i == 0 ? "" : "/").append(name ? "*" : part);
    }
    if (first && method.equals("POST")) {
      shape.append(parts.isEmpty() ? ":send" : "/:send");
    }
    return Optional.of(new Address(first, rest.get(1), shape.toString(), List.copyOf(names)));
  }
}

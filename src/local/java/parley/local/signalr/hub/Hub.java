package parley.local.signalr.hub;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of one hub. */
public final class Hub {

  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final Map<String, Set<Connection>> users = new ConcurrentHashMap<>();
  private final Groups groups = new Groups();

  /** Takes a client in; false if there is one with its id. */
  public boolean add(Connection connection) {
    if (connections.putIfAbsent(connection.id(), connection) != null) {
      return false;
    }
    connection
        .userId()
        .ifPresent(
            user ->
                users.compute(
                    user,
                    (id, others) -> {
                      Set<Connection> all =
                          others == null ? ConcurrentHashMap.newKeySet(2) : others;
                      all.add(connection);
                      return all;
                    }));
    return true;
  }

  /** Forgets a client that is gone. */
  public void remove(Connection connection) {
    connections.remove(connection.id(), connection);
    groups.forget(connection);
    connection
        .userId()
        .ifPresent(
            user ->
                users.computeIfPresent(
                    user,
                    (id, all) -> {
                      all.remove(connection);
                      return all.isEmpty() ? null : all;
                    }));
  }

  public Collection<Connection> all() {
    return connections.values();
  }

  public Optional<Connection> connection(String id) {
    return Optional.ofNullable(connections.get(id));
  }

  /** The connections of a user, of which there may be several. */
  public Collection<Connection> ofUser(String userId) {
    return users.getOrDefault(userId, Set.of());
  }

  /** The connections in a group, their own or their users'. */
  public Collection<Connection> ofGroup(String group) {
    Set<Connection> all = new LinkedHashSet<>(groups.connections(group));
    groups.users(group).forEach(user -> all.addAll(ofUser(user)));
    return all;
  }

  public Groups groups() {
    return groups;
  }
}

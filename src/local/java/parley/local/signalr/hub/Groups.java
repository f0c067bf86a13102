package parley.local.signalr.hub;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is in which group of a hub: connections until they end, and users, whether they are connected
 * or not.
 */
public final class Groups {

  private final Map<String, Set<Connection>> connections = new HashMap<>();
  private final Map<String, Set<String>> users = new HashMap<>();

  public synchronized void add(String group, Connection connection) {
    connections.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(connection);
  }

  /** False if it was not in the group. */
  public synchronized boolean remove(String group, Connection connection) {
    return remove(connections, group, connection);
  }

  public synchronized void add(String group, String userId) {
    users.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(userId);
  }

  public synchronized void remove(String group, String userId) {
    remove(users, group, userId);
  }

  public synchronized boolean has(String group, String userId) {
    return users.getOrDefault(group, Set.of()).contains(userId);
  }

  /** Takes a connection out of all groups. */
  public synchronized void forget(Connection connection) {
    forget(connections, connection);
  }

  /** Takes a user out of all groups. */
  public synchronized void forget(String userId) {
    forget(users, userId);
  }

  synchronized List<Connection> connections(String group) {
    return List.copyOf(connections.getOrDefault(group, Set.of()));
  }

  synchronized List<String> users(String group) {
    return List.copyOf(users.getOrDefault(group, Set.of()));
  }

  private static <T> boolean remove(Map<String, Set<T>> groups, String group, T member) {
    Set<T> members = groups.getOrDefault(group, Set.of());
    boolean was = members.contains(member);
    if (was) {
      members.remove(member);
      if (members.isEmpty()) {
        groups.remove(group);
      }
    }
    return was;
  }

  private static <T> void forget(Map<String, Set<T>> groups, T member) {
    groups.values().forEach(members -> members.remove(member));
    groups.values().removeIf(Set::isEmpty);
  }
}

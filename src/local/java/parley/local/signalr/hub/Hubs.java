package parley.local.signalr.hub;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** All hubs of a service. A hub is there as soon as somebody names it; its case does not count. */
public final class Hubs {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_`,.\\[\\]]{0,127}");

  private final Map<String, Hub> hubs = new ConcurrentHashMap<>();

  /** Whether a hub may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  public Hub hub(String name) {
    return hubs.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Hub());
  }

  /** Whether no client is connected. */
  public boolean areEmpty() {
    return hubs.values().stream().allMatch(hub -> hub.all().isEmpty());
  }

  /** Tells all clients to come back later. */
  public void close() {
    for (Hub hub : hubs.values()) {
      hub.all().forEach(connection -> connection.close(null, true));
    }
  }
}

package parley.platform;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not used for the longest time once it holds too much. */
public final class RecentlyUsed<K, V> {

  private final Map<K, V> entries;

  /**
   * @param most entries that are kept
   */
  public RecentlyUsed(int most) {
    entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Null if there is none, or no longer. */
  public synchronized V get(K key) {
    return entries.get(key);
  }

  public synchronized void put(K key, V value) {
    entries.put(key, value);
  }
}

package parley.local.signalr.client;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ids that clients have negotiated and not used yet. The newer clients have two: a token to
 * connect with, which is a secret, and an id that others may know.
 */
final class Ids {

  /** A client that takes no connection with its id leaves it here until it is pushed out. */
  private static final int MOST = 20_000;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private final Map<String, Pending> pending =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
          return size() > MOST;
        }
      };

  /** Whose it is, so that nobody else takes it. */
  private record Pending(String connectionId, String hub, Optional<String> userId) {}

  /** An id for a client that has none yet. */
  static String any() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  synchronized void add(String token, String connectionId, Admission admission) {
    pending.put(token, new Pending(connectionId, admission.hub(), admission.userId()));
  }

  /** The id of the connection that this token is for; a token works once. */
  synchronized Optional<String> take(String token, Admission admission) {
    Pending found = pending.get(token);
    if (found == null
        || !found.hub().equalsIgnoreCase(admission.hub())
        || !found.userId().equals(admission.userId())) {
      return Optional.empty();
    }
    pending.remove(token);
    return Optional.of(found.connectionId());
  }
}

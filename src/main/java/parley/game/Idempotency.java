package parley.game;

import java.util.Optional;
import parley.platform.Json;
import parley.platform.Sha256;

/**
 * What makes a request repeatable: the hash of the key that the client gave it, and of what it
 * asks. Both are null for a request without a key.
 */
record Idempotency(String keyHash, String requestHash) {

  static final Idempotency NONE = new Idempotency(null, null);

  static Idempotency of(Optional<String> key, Object request) {
    return key.map(text -> new Idempotency(Sha256.of(text), Sha256.of(Json.canonical(request))))
        .orElse(NONE);
  }

  boolean given() {
    return keyHash != null;
  }
}

package parley.local.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The key that opens functions whose level is not anonymous. */
final class FunctionKey {

  private final byte[] key;

  FunctionKey(String key) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the request names the key, as {@code ?code=} or in {@code x-functions-key}. */
  boolean opens(Context request) {
    return isKey(request.queryParam("code")) | isKey(request.header("x-functions-key"));
  }

  private boolean isKey(String candidate) {
    return candidate != null
        && MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), key);
  }
}

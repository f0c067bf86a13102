package parley.local.engine.http;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What opens the management API. */
final class SystemKey {

  private static final String PARAMETER = "code";

  private final byte[] key;
  private final String asParameter;

  SystemKey(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("the system key of the management API is blank");
    }
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.asParameter = PARAMETER + "=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  /** Whether a request carries it. The time that this takes tells nothing about the key. */
  boolean opens(Context http) {
    return isKey(http.queryParam(PARAMETER)) | isKey(http.header("x-functions-key"));
  }

  private boolean isKey(String given) {
    return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key);
  }

  /** The key as a parameter of a URL. */
  String asParameter() {
    return asParameter;
  }

  /** A request's own URL, with the key in it also if the request carried it in a header. */
  String urlOf(Context http) {
    if (http.queryParam(PARAMETER) != null) {
      return http.fullUrl();
    }
    return http.fullUrl() + (http.queryString() == null ? "?" : "&") + asParameter;
  }
}

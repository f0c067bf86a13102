package parley.notifications;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The shared access signatures that open a notification hub: {@code sr} is its address, {@code sig}
 * the HMAC-SHA256 of that and of the end. One is good for an hour, and used for most of it.
 */
final class SasTokens {

  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration SPARE = Duration.ofMinutes(10);
  private static final String ALGORITHM = "HmacSHA256";

  private final HubAddress hub;
  private final Clock clock;
  private Token current;

  private record Token(String text, Instant expiresAt) {}

  SasTokens(HubAddress hub, Clock clock) {
    this.hub = hub;
    this.clock = clock;
  }

  /** A token that is good for some minutes more at least. */
  synchronized String token() {
    Instant now = clock.instant();
    boolean good =
        current != null
            && now.isBefore(current.expiresAt().minus(SPARE))
            // A clock that was set back: the service might think that this one comes from afar.
            && !now.isBefore(current.expiresAt().minus(LIFETIME));
    if (!good) {
      current = issue(now.plus(LIFETIME));
    }
    return current.text();
  }

  private Token issue(Instant end) {
    String resource = encoded(hub.uri().toString());
    String signature =
        Base64.getEncoder().encodeToString(sign(resource + "\n" + end.getEpochSecond()));
    String text =
        "SharedAccessSignature sr=%s&sig=%s&se=%d&skn=%s"
            .formatted(resource, encoded(signature), end.getEpochSecond(), encoded(hub.keyName()));
    return new Token(text, end);
  }

  private byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(hub.key().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

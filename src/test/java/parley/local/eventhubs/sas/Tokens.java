package parley.local.eventhubs.sas;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as clients do. */
public final class Tokens {

  private Tokens() {}

  /**
   * @param path below the namespace; empty for all of it
   * @param seconds how long it is good for from now
   */
  public static String of(String key, String path, long seconds) {
    return of(
        key, "RootManageSharedAccessKey", "sb://x/" + path, Instant.now().plusSeconds(seconds));
  }

  public static String of(String key, String keyName, String audience, Instant end) {
    String resource = encoded(audience);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signed = resource + "\n" + end.getEpochSecond();
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "SharedAccessSignature sr=%s&sig=%s&se=%d&skn=%s"
          .formatted(
              resource,
              encoded(Base64.getEncoder().encodeToString(signature)),
              end.getEpochSecond(),
              keyName);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

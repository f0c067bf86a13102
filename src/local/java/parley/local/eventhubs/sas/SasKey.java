package parley.local.eventhubs.sas;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of the namespace, with which clients sign what they ask for: {@code SharedAccessSignature
 * sr=<audience>&sig=<HMAC-SHA256>&se=<end, in seconds since 1970>&skn=<name of the key>}.
 */
public final class SasKey {

  private static final String SCHEME = "SharedAccessSignature ";
  private static final String ALGORITHM = "HmacSHA256";

  private final String name;
  private final SecretKeySpec key;

  /**
   * @param name that clients call it by
   */
  public SasKey(String name, String key) {
    this.name = name;
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * Makes sure that a token opens an address.
   *
   * @throws SasException if it is none, not of this key, over, or for something else
   */
  public void require(String token, String address, Instant now) throws SasException {
    verify(token, address, now);
  }

  /**
   * Verifies a token for an audience.
   *
   * @throws SasException if it is none, not of this key, over, or for something else
   */
  Claim verify(String token, String audience, Instant now) throws SasException {
    Claim claim = verify(token, now);
    if (!claim.covers(Claim.path(audience), now)) {
      throw new SasException("InvalidAudience: the token is not for " + audience + ".");
    }
    return claim;
  }

  /**
   * Verifies a token.
   *
   * @throws SasException if it is none, not of this key, or over
   */
  Claim verify(String token, Instant now) throws SasException {
    if (!token.startsWith(SCHEME)) {
      throw new SasException("MalformedToken: it is no SharedAccessSignature.");
    }
    Map<String, String> fields = fields(token.substring(SCHEME.length()));
    String resource = field(fields, "sr");
    String end = field(fields, "se");
    if (!decoded(field(fields, "skn")).equals(name)) {
      throw new SasException(
          "UnknownKey: the key of the token is not the namespace's " + name + ".");
    }
    byte[] signature = Base64.getEncoder().encode(sign(resource + "\n" + end));
    byte[] sent = decoded(field(fields, "sig")).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(signature, sent)) {
      throw new SasException("InvalidSignature: the token has an invalid signature.");
    }
    Claim claim = new Claim(Claim.path(decoded(resource)), end(end));
    if (!now.isBefore(claim.expiresAt())) {
      throw new SasException("ExpiredToken: the token has expired.");
    }
    return claim;
  }

  private byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return fields;
  }

  private static String field(Map<String, String> fields, String name) throws SasException {
    String value = fields.get(name);
    if (value == null) {
      throw new SasException("MalformedToken: it has no " + name + ".");
    }
    return value;
  }

  private static String decoded(String text) throws SasException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SasException("MalformedToken: its encoding is broken.");
    }
  }

  private static Instant end(String seconds) throws SasException {
    try {
      return Instant.ofEpochSecond(Long.parseLong(seconds));
    } catch (NumberFormatException | DateTimeException e) {
      throw new SasException("MalformedToken: its end is no time.");
    }
  }

  /** Shows no key, so that none gets into a log. */
  @Override
  public String toString() {
    return "SasKey " + name;
  }
}

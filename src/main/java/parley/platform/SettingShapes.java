package parley.platform;

import java.net.URI;
import java.util.Base64;

/**
 * What the texts of settings look like. Each method throws an {@link IllegalArgumentException} for
 * a text of another shape, without a word: whoever catches it knows the setting, and the shape.
 */
final class SettingShapes {
  private SettingShapes() {}

  static String jdbcUrl(String text) {
    if (!text.startsWith("jdbc:mysql://")) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  static String redisUrl(String text) {
    if (!text.matches("rediss?://.+") || URI.create(text).getHost() == null) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** With TLS and no password: a password in the clear would be no identity's. */
  static boolean isByIdentity(String redisUrl) {
    String userInfo = URI.create(redisUrl).getUserInfo();
    return redisUrl.startsWith("rediss:") && (userInfo == null || !userInfo.contains(":"));
  }

  static String host(String text) {
    if (!text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  static boolean truth(String text) {
    if (!text.matches("(?i)true|false")) {
      throw new IllegalArgumentException();
    }
    return Boolean.parseBoolean(text);
  }

  static String webUrl(String text) {
    if (!text.isEmpty()
        && (!text.matches("https?://[^?#]+") || URI.create(text).getHost() == null)) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  static byte[] tokenKey(String text) {
    byte[] key = Base64.getDecoder().decode(text);
    if (key.length < 32) {
      throw new IllegalArgumentException();
    }
    return key;
  }
}

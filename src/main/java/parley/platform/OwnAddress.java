package parley.platform;

import java.net.URI;

/**
 * Where this app is reached, and no other: what it has started is known here only, while the name
 * that was asked may be shared by the apps of several regions.
 */
public final class OwnAddress {

  private final String host;

  /**
   * @param host the app's own name, as Azure gives it in {@code WEBSITE_HOSTNAME}; null where there
   *     is none but the one that was asked
   */
  public OwnAddress(String host) {
    this.host = host;
  }

  /**
   * The whole URL of a path.
   *
   * @param asked the URL of the request
   * @param path from its slash on
   */
  public String of(URI asked, String path) {
    return host == null ? asked.resolve(path).toString() : asked.getScheme() + "://" + host + path;
  }
}

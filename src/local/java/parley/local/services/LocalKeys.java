package parley.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets that Azure would hold, made at the first start and readable by the owner only.
 *
 * @param system opens the management API of the durable engine
 * @param function opens functions whose level is not anonymous
 * @param token signs player tokens: base64 of 32 bytes
 * @param database the password of the database user
 * @param redis the password of Redis
 * @param eventHubs signs the tokens of clients of the event hubs
 * @param signalR signs the tokens of clients and servers of the SignalR service
 * @param notificationHub signs the tokens of clients of the notification hub
 */
public record LocalKeys(
    String system,
    String function,
    String token,
    String database,
    String redis,
    String eventHubs,
    String signalR,
    String notificationHub) {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Reads the keys of a folder, and makes those that are missing. */
  public static LocalKeys in(Path folder) {
    Base64.Encoder inUrls = Base64.getUrlEncoder().withoutPadding();
    try {
      return new LocalKeys(
          key(folder.resolve("system-key"), inUrls),
          key(folder.resolve("function-key"), inUrls),
          key(folder.resolve("token-key"), Base64.getEncoder()),
          key(folder.resolve("database-password"), inUrls),
          key(folder.resolve("redis-password"), inUrls),
          key(folder.resolve("event-hubs-key"), inUrls),
          key(folder.resolve("signalr-key"), inUrls),
          key(folder.resolve("notification-hub-key"), inUrls));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names no key, so that none gets into a log. */
  @Override
  public String toString() {
    return "LocalKeys";
  }

  private static String key(Path file, Base64.Encoder encoder) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[BYTES];
      RANDOM.nextBytes(bytes);
      OwnerFiles.write(file, encoder.encodeToString(bytes));
    }
    return Files.readString(file).trim();
  }
}

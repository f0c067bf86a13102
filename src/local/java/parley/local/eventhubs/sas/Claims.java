package parley.local.eventhubs.sas;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a connection may do, by the tokens that it has put. One thread at a time. */
public final class Claims {

  /** More than a client with a token for each partition needs. */
  private static final int MOST = 1_000;

  private final SasKey key;
  private final Clock clock;
  private final Map<String, Claim> claims = new HashMap<>();

  /**
   * @param clock real time, for that is what clients sign
   */
  public Claims(SasKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Takes a token for an audience; a later one for the same replaces it.
   *
   * @throws SasException if the token is no good
   */
  public void put(String token, String audience) throws SasException {
    Instant now = clock.instant();
    Claim claim = key.verify(token, audience, now);
    claims.values().removeIf(old -> !now.isBefore(old.expiresAt()));
    if (claims.size() >= MOST && !claims.containsKey(claim.path())) {
      throw new SasException("TooManyTokens: a connection has at most " + MOST + " tokens.");
    }
    claims.put(claim.path(), claim);
  }

  /**
   * Whether there is a token that covers a path such as {@code hub/Partitions/1}, and holds now.
   */
  public boolean allow(String path) {
    String wanted = path.toLowerCase(Locale.ROOT);
    Instant now = clock.instant();
    return claims.values().stream().anyMatch(claim -> claim.covers(wanted, now));
  }

  /** Whether this token by itself covers a path. */
  public boolean allow(String path, String token) {
    try {
      Instant now = clock.instant();
      return key.verify(token, now).covers(path.toLowerCase(Locale.ROOT), now);
    } catch (SasException noGood) {
      return false;
    }
  }

  /** Whether anything is allowed at all. */
  public boolean any() {
    Instant now = clock.instant();
    return claims.values().stream().anyMatch(claim -> now.isBefore(claim.expiresAt()));
  }
}

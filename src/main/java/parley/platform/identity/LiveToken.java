package parley.platform.identity;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An access token of Microsoft Entra that is renewed long before it ends, by a thread of its own:
 * nobody else waits for Entra, and the token at hand serves on while Entra does not answer.
 */
public final class LiveToken implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LiveToken.class.getName());

  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST_PAUSE = Duration.ofHours(6);
  private static final Duration MOST_PAUSE_IN_TROUBLE = Duration.ofSeconds(30);

  /** How long the first who needs the token waits for it. */
  private static final long FIRST_MILLIS = 2_000;

  private final TokenCredential credential;
  private final TokenRequestContext request;
  private final Clock clock;
  private final Duration leastPause;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal = new Thread(this::renew, "token-renewal");
  private volatile AccessToken token;

  /**
   * Asks for the first token at once, and returns before it is there.
   *
   * @param scope what it is to open, {@code https://redis.azure.com/.default}
   * @param clock what tells whether it has ended
   */
  public LiveToken(TokenCredential credential, String scope, Clock clock) {
    this(credential, scope, clock, LEAST_PAUSE);
  }

  /**
   * @param leastPause between two times that it is asked for
   */
  LiveToken(TokenCredential credential, String scope, Clock clock, Duration leastPause) {
    this.credential = credential;
    this.clock = clock;
    this.leastPause = leastPause;
    request = new TokenRequestContext().addScopes(scope);
    renewal.setDaemon(true);
    renewal.start();
  }

  /**
   * The newest token; the same object for as long as there is no newer one.
   *
   * @throws IllegalStateException if there is none that is still good
   */
  public AccessToken get() {
    AccessToken newest = token == null ? first() : token;
    if (newest == null || left(newest).compareTo(Duration.ZERO) <= 0) {
      throw new IllegalStateException("there is no access token for " + request.getScopes());
    }
    return newest;
  }

  @Override
  public void close() {
    closed.countDown();
    renewal.interrupt();
  }

  private AccessToken first() {
    try {
      asked.await(FIRST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return token;
  }

  private void renew() {
    try {
      Duration pause;
      do {
        pause = ask();
        asked.countDown();
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.log(Level.FINE, "closed while renewing", e);
    }
  }

  /**
   * Asks once.
   *
   * @return how long to wait before the next time: half of what the token has left, because the
   *     same one may come again for as long as it is good
   */
  private Duration ask() {
    try {
      AccessToken got = credential.getTokenSync(request);
      if (token == null || !got.getToken().equals(token.getToken())) {
        token = got;
      }
      return pause(MOST_PAUSE);
    } catch (RuntimeException e) {
      Duration pause = pause(MOST_PAUSE_IN_TROUBLE);
      if (closed.getCount() > 0) {
        LOG.log(
            Level.WARNING,
            "no access token for {0}, asked again in {1} ms: {2}",
            new Object[] {request.getScopes(), pause.toMillis(), e});
      }
      return pause;
    }
  }

  private Duration pause(Duration most) {
    Duration half = token == null ? Duration.ZERO : left(token).dividedBy(2);
    if (half.compareTo(leastPause) < 0) {
      return leastPause;
    }
    return half.compareTo(most) < 0 ? half : most;
  }

  private Duration left(AccessToken held) {
    return Duration.between(clock.instant(), held.getExpiresAt().toInstant());
  }
}

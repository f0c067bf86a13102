package parley.platform.identity;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** In the place of Microsoft Entra: hands out a new token each time, unless it is down. */
public final class TestTokens implements TokenCredential {

  private final String objectId;
  private final Clock clock;
  private final Duration life;
  private final Consumer<String> issued;
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<String> scopes = new CopyOnWriteArrayList<>();
  private volatile boolean down;
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * @param objectId who its tokens are for
   * @param issued gets to know of each token before anybody else does
   */
  public TestTokens(String objectId, Clock clock, Duration life, Consumer<String> issued) {
    this.objectId = objectId;
    this.clock = clock;
    this.life = life;
    this.issued = issued;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(
        () -> {
          scopes.addAll(request.getScopes());
          if (down) {
            refused.incrementAndGet();
            throw new IllegalStateException("Entra is down");
          }
          JWTClaimsSet claims =
              new JWTClaimsSet.Builder()
                  .claim("oid", objectId)
                  .claim("jti", "secret-" + tokens.size())
                  .build();
          String token = new PlainJWT(claims).serialize();
          issued.accept(token);
          tokens.add(token);
          return new AccessToken(token, clock.instant().plus(life).atOffset(ZoneOffset.UTC));
        });
  }

  /** A token for Redis that is renewed from here, as often as need be. */
  public LiveToken live() {
    return new LiveToken(this, "https://redis.azure.com/.default", clock, Duration.ofMillis(10));
  }

  /** Refuses from now on, or no more. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** How often it has refused. */
  public int refused() {
    return refused.get();
  }

  /** All that it has handed out. */
  public List<String> tokens() {
    return List.copyOf(tokens);
  }

  public List<String> scopes() {
    return List.copyOf(scopes);
  }
}

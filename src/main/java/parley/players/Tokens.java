package parley.players;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import parley.platform.Authenticator;
import parley.platform.Problem;
import parley.platform.ProblemException;
import parley.platform.RecentlyUsed;

/** Issues and checks player tokens: JWTs signed by HS256, and no other algorithm. */
public final class Tokens implements Authenticator {

  private static final String ISSUER = "parley";
  private static final String BAD = "the token is not one of ours";
  private static final int REMEMBERED = 5_000;

  private final MACSigner signer;
  private final JWSVerifier verifier;
  private final Duration lifetime;
  private final Clock clock;

  /** Found to be ours: a player sends the same token for days. */
  private final RecentlyUsed<String, Verified> verified = new RecentlyUsed<>(REMEMBERED);

  private record Verified(UUID playerId, Instant expiresAt) {}

  /**
   * @param key at least 32 bytes
   */
  public Tokens(byte[] key, Duration lifetime, Clock clock) {
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("a token key has at least 32 bytes", e);
    }
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A signed token, and when it ends, to the second. */
  record Token(String text, Instant expiresAt) {}

  Token issue(UUID playerId) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    Instant expiresAt = now.plus(lifetime);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(playerId.toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiresAt))
            .build();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the token could not be signed", e);
    }
    return new Token(token.serialize(), expiresAt);
  }

  @Override
  public UUID authenticate(String token) {
    Verified known = verified.get(token);
    if (known == null) {
      known = verify(token);
      verified.put(token, known);
    }
    if (!clock.instant().isBefore(known.expiresAt())) {
      throw Problem.unauthenticated("the token has expired").exception();
    }
    return known.playerId();
  }

  private Verified verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      boolean signedByUs =
          JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) && jwt.verify(verifier);
      if (!signedByUs) {
        throw bad();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Date expiresAt = claims.getExpirationTime();
      if (!ISSUER.equals(claims.getIssuer()) || claims.getSubject() == null || expiresAt == null) {
        throw bad();
      }
      return new Verified(UUID.fromString(claims.getSubject()), expiresAt.toInstant());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new ProblemException(Problem.unauthenticated(BAD), e);
    }
  }

  private static ProblemException bad() {
    return Problem.unauthenticated(BAD).exception();
  }
}

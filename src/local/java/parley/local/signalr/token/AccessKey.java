package parley.local.signalr.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * The access key of a SignalR service, with which servers sign the tokens of their own requests and
 * of their clients: JWTs by HS256, and no other algorithm.
 */
public final class AccessKey {

  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private final MACSigner signer;
  private final MACVerifier verifier;

  /**
   * @param key as it stands in a connection string
   * @throws IllegalArgumentException if it is shorter than 32 bytes
   */
  public AccessKey(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    try {
      signer = new MACSigner(bytes);
      verifier = new MACVerifier(bytes);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("an access key has at least 32 bytes", e);
    }
  }

  /**
   * Makes a token.
   *
   * @param audience the URL that it is for
   * @param userId of the client that it is for, if it is for one and that has a user
   */
  public String sign(String audience, Optional<String> userId, Instant now, Duration lifetime) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)));
    userId.ifPresent(id -> claims.claim(Token.USER_ID, id));
    SignedJWT jwt = new SignedJWT(HEADER, claims.build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the token could not be signed", e);
    }
    return jwt.serialize();
  }

  /**
   * Verifies a token's signature and time; what it is for is left to the caller.
   *
   * @throws TokenException if it is none, not of this key, over, or not begun
   */
  public Token verify(String text, Instant now) throws TokenException {
    JWTClaimsSet claims = claims(text);
    Date end = claims.getExpirationTime();
    if (end == null) {
      throw new TokenException("the token has no end");
    }
    if (!now.isBefore(end.toInstant())) {
      throw new TokenException("the token has expired");
    }
    Date begin = claims.getNotBeforeTime();
    if (begin != null && now.isBefore(begin.toInstant())) {
      throw new TokenException("the token is not good yet");
    }
    return new Token(claims);
  }

  private JWTClaimsSet claims(String text) throws TokenException {
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
        throw new TokenException("the token is not signed by HS256");
      }
      if (!jwt.verify(verifier)) {
        throw new TokenException("the token is not signed with the access key");
      }
      return jwt.getJWTClaimsSet();
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new TokenException("the token is no JSON web token");
    }
  }

  /** Shows no key, so that none gets into a log. */
  @Override
  public String toString() {
    return "AccessKey";
  }
}

package parley.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ProblemException;

class TokensTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID PLAYER = UUID.randomUUID();

  private static byte[] key(int filling) {
    byte[] key = new byte[64];
    java.util.Arrays.fill(key, (byte) filling);
    return key;
  }

  private static Tokens at(Instant now, byte[] key) {
    return new Tokens(key, Duration.ofHours(1), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static final Tokens TOKENS = at(NOW, key(1));

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("parley")
        .subject(PLAYER.toString())
        .expirationTime(Date.from(NOW.plusSeconds(60)));
  }

  private static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims) {
    SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
    try {
      token.sign(new MACSigner(key(1)));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }

  private static void refuses(String token) {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> TOKENS.authenticate(token));
    assertEquals(401, refusal.problem().status());
    assertEquals("unauthenticated", refusal.problem().type());
  }

  @Test
  void a_token_stands_for_its_player_until_it_expires() {
    Tokens.Token token = TOKENS.issue(PLAYER);

    assertEquals(NOW.plus(Duration.ofHours(1)), token.expiresAt());
    Tokens justBefore = at(token.expiresAt().minusMillis(1), key(1));
    assertEquals(PLAYER, justBefore.authenticate(token.text()));
    Tokens then = at(token.expiresAt(), key(1));
    assertThrows(ProblemException.class, () -> then.authenticate(token.text()));
  }

  @Test
  void a_token_of_another_key_is_refused() {
    refuses(at(NOW, key(2)).issue(PLAYER).text());
  }

  @Test
  void a_token_without_a_signature_is_refused() {
    refuses(new PlainJWT(claims().build()).serialize());
  }

  @Test
  void another_algorithm_of_the_same_key_is_refused() {
    refuses(signed(JWSAlgorithm.HS512, claims().build()));
  }

  @Test
  void a_changed_token_is_refused() {
    String[] parts = TOKENS.issue(PLAYER).text().split("\\.");
    String other = TOKENS.issue(UUID.randomUUID()).text().split("\\.")[1];
    refuses(parts[0] + "." + other + "." + parts[2]);
  }

  @Test
  void a_token_without_end_of_another_issuer_or_of_nobody_is_refused() {
    refuses(signed(JWSAlgorithm.HS256, claims().expirationTime(null).build()));
    refuses(signed(JWSAlgorithm.HS256, claims().issuer("somebody").build()));
    refuses(signed(JWSAlgorithm.HS256, claims().subject("nobody").build()));
    refuses(signed(JWSAlgorithm.HS256, claims().subject(null).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "{}", "x"})
  void nonsense_is_refused(String token) {
    refuses(token);
  }
}

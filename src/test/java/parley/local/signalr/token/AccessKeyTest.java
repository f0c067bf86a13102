package parley.local.signalr.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a token must be to be let in. */
class AccessKeyTest {

  private static final String KEY =
      "a-key-that-has-many-more-bytes-than-sixty-four-for-all-of-the-algorithms";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String URL = "http://localhost:8888/client/?hub=chat";

  private final AccessKey key = new AccessKey(KEY);

  @Test
  void a_token_is_good_from_its_beginning_until_its_end() throws Exception {
    String token = key.sign(URL, Optional.of("ann"), NOW, Duration.ofHours(1));
    assertEquals(Optional.of("ann"), key.verify(token, NOW).userId());
    key.verify(token, NOW.plusSeconds(3_599));
    assertEquals("the token has expired", refusal(token, NOW.plusSeconds(3_600)));
    assertEquals("the token is not good yet", refusal(token, NOW.minusSeconds(1)));
  }

  @Test
  void only_hs256_with_this_key_counts() throws Exception {
    JWTClaimsSet claims = claims().build();
    assertEquals(
        "the token is not signed by HS256", refusal(signed(JWSAlgorithm.HS512, KEY, claims)));
    assertEquals(
        "the token is not signed with the access key",
        refusal(signed(JWSAlgorithm.HS256, KEY.replace('a', 'b'), claims)));
    assertEquals("the token is no JSON web token", refusal(new PlainJWT(claims).serialize()));
    assertEquals("the token is no JSON web token", refusal("hello"));
    assertEquals(
        "the token has no end",
        refusal(signed(JWSAlgorithm.HS256, KEY, new JWTClaimsSet.Builder().audience(URL).build())));
  }

  @Test
  void the_user_is_looked_for_as_the_service_does_it() throws Exception {
    JWTClaimsSet.Builder claims = claims();
    assertEquals(Optional.empty(), user(claims));
    for (String name :
        new String[] {
          "sub",
          "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier",
          "nameid",
          "asrs.s.uid"
        }) {
      claims.claim(name, name);
      assertEquals(Optional.of(name), user(claims));
    }
  }

  @Test
  void an_audience_is_a_url_of_this_service_by_any_of_its_names() throws Exception {
    Audience chat = Audience.ofClients(8888, "chat");
    for (String good :
        new String[] {
          URL,
          "http://127.0.0.1:8888/client/?hub=CHAT",
          "http://[::1]:8888/client?hub=chat",
          "http://localhost/client/?hub=chat"
        }) {
      assertEquals(true, chat.matches(good), good);
    }
    for (String bad :
        new String[] {
          "",
          "chat",
          "https://localhost:8888/client/?hub=chat",
          "http://localhost:8889/client/?hub=chat",
          "http://localhost.example.com:8888/client/?hub=chat",
          "http://localhost:8888@example.com/client/?hub=chat",
          "http://localhost:8888/client/?hub=chats",
          "http://localhost:8888/client/?hub=chat&hub=other",
          "http://localhost:8888/client/",
          "http://localhost:8888/server/?hub=chat"
        }) {
      assertEquals(false, chat.matches(bad), bad);
    }
  }

  @Test
  void a_short_key_is_none() {
    assertThrows(IllegalArgumentException.class, () -> new AccessKey("short"));
  }

  private Optional<String> user(JWTClaimsSet.Builder claims) throws Exception {
    return key.verify(signed(JWSAlgorithm.HS256, KEY, claims.build()), NOW).userId();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().audience(URL).expirationTime(Date.from(NOW.plusSeconds(60)));
  }

  private static String signed(JWSAlgorithm algorithm, String key, JWTClaimsSet claims)
      throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
    jwt.sign(new MACSigner(key));
    return jwt.serialize();
  }

  private String refusal(String token) {
    return refusal(token, NOW);
  }

  private String refusal(String token, Instant now) {
    return assertThrows(TokenException.class, () -> key.verify(token, now)).getMessage();
  }
}

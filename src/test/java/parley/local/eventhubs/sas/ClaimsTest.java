package parley.local.eventhubs.sas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.local.TestClock;

class ClaimsTest {

  private static final String KEY = "a key";
  private static final String NAME = "RootManageSharedAccessKey";
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");

  private final TestClock clock = new TestClock("2026-03-01T11:00:00Z");
  private final Claims claims = new Claims(new SasKey(NAME, KEY), clock);

  @Test
  void a_token_covers_its_path_and_what_is_below_in_any_case_and_nothing_beside() throws Exception {
    put("amqp://localhost/Sample/", "amqp://127.0.0.1/sample");
    assertTrue(claims.allow("sample"));
    assertTrue(claims.allow("SAMPLE/ConsumerGroups/$Default/Partitions/0"));
    assertFalse(claims.allow("sample2"));
    assertFalse(claims.allow(""));
  }

  @Test
  void a_token_of_the_namespace_covers_all() throws Exception {
    put("sb://localhost:5672/", "sb://localhost:5672/sample/$management");
    assertTrue(claims.allow("other/Partitions/1"));
  }

  @Test
  void a_token_ends_when_it_says_and_a_new_one_takes_its_place() throws Exception {
    put("sb://localhost/sample", "sb://localhost/sample");
    clock.advance(Duration.ofHours(1));
    assertFalse(claims.allow("sample"));
    assertFalse(claims.any());
    String later = Tokens.of(KEY, NAME, "sb://localhost/sample", END.plusSeconds(1));
    claims.put(later, "sb://localhost/sample");
    assertTrue(claims.allow("sample"));
  }

  @Test
  void a_token_is_refused_with_the_reason_and_without_its_signature() {
    assertEquals(
        "InvalidSignature: the token has an invalid signature.",
        refusal(Tokens.of("another", NAME, "sb://x/sample", END)));
    assertEquals(
        "UnknownKey: the key of the token is not the namespace's RootManageSharedAccessKey.",
        refusal(Tokens.of(KEY, "other", "sb://x/sample", END)));
    assertEquals(
        "ExpiredToken: the token has expired.",
        refusal(Tokens.of(KEY, NAME, "sb://x/sample", END.minusSeconds(3600))));
    assertEquals(
        "InvalidAudience: the token is not for sb://x/sample.",
        refusal(Tokens.of(KEY, NAME, "sb://x/other", END)));
    assertEquals("MalformedToken: it has no sr.", refusal("SharedAccessSignature sig=x"));
    assertEquals("MalformedToken: it is no SharedAccessSignature.", refusal("Bearer x"));
    String altered = Tokens.of(KEY, NAME, "sb://x/sample", END).replaceFirst("se=\\d+", "se=x");
    assertEquals("InvalidSignature: the token has an invalid signature.", refusal(altered));
  }

  private void put(String resource, String audience) throws SasException {
    claims.put(Tokens.of(KEY, NAME, resource, END), audience);
  }

  private String refusal(String token) {
    return assertThrows(SasException.class, () -> claims.put(token, "sb://x/sample")).getMessage();
  }
}

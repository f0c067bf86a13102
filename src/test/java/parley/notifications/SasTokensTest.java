package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.local.TestClock;
import parley.local.eventhubs.sas.SasException;
import parley.local.eventhubs.sas.SasKey;

class SasTokensTest {

  private static final String ADDRESS = "https://ns.servicebus.windows.net/parley";

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final SasTokens tokens =
      new SasTokens(
          HubAddress.of(
              "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=a name;"
                  + "SharedAccessKey=a key+/=",
              "parley"),
          clock);
  private final SasKey key = new SasKey("a name", "a key+/=");

  @Test
  void a_token_opens_the_hub_and_nothing_beside_it_for_an_hour() throws Exception {
    String token = tokens.token();
    key.require(token, ADDRESS + "/messages/?api-version=2020-06", clock.instant());
    assertThrows(SasException.class, () -> key.require(token, ADDRESS + "2", clock.instant()));
    key.require(token, ADDRESS, clock.instant().plusSeconds(3599));
    assertThrows(
        SasException.class, () -> key.require(token, ADDRESS, clock.instant().plusSeconds(3600)));
  }

  @Test
  void it_is_used_again_until_shortly_before_its_end() {
    String token = tokens.token();
    clock.advance(Duration.ofMinutes(49));
    assertEquals(token, tokens.token());
    clock.advance(Duration.ofMinutes(1));
    assertNotEquals(token, tokens.token());
  }

  @Test
  void a_clock_that_is_set_back_makes_a_new_one() {
    String token = tokens.token();
    clock.advance(Duration.ofHours(-5));
    assertNotEquals(token, tokens.token());
  }
}

package parley.game.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.game.rules.Turn.Reason;

class TurnTimeTest {

  private static Reason refusal(Object seconds) {
    return TurnTime.refusal(Map.of("turnSeconds", seconds)).orElseThrow().reason();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 3600, 2_592_000})
  void from_a_minute_to_thirty_days_is_right(int seconds) {
    assertTrue(TurnTime.refusal(Map.of("turnSeconds", seconds)).isEmpty());
  }

  @Test
  void it_may_be_left_out() {
    assertTrue(TurnTime.refusal(Map.of("colour", "red")).isEmpty());
  }

  @Test
  void outside_of_that_it_is_illegal() {
    assertEquals(Reason.ILLEGAL_SETTINGS, refusal(59));
    assertEquals(Reason.ILLEGAL_SETTINGS, refusal(2_592_001));
    assertEquals(Reason.ILLEGAL_SETTINGS, refusal(-1));
    assertEquals(Reason.ILLEGAL_SETTINGS, refusal(Long.MAX_VALUE));
    assertEquals(Reason.ILLEGAL_SETTINGS, refusal(BigInteger.TWO.pow(80)));
  }

  @Test
  void what_is_no_whole_number_is_malformed() {
    assertEquals(Reason.MALFORMED, refusal("60"));
    assertEquals(Reason.MALFORMED, refusal(60.5));
    assertEquals(Reason.MALFORMED, refusal(true));
    Map<String, Object> absent = new HashMap<>();
    absent.put("turnSeconds", null);
    assertEquals(Reason.MALFORMED, TurnTime.refusal(absent).orElseThrow().reason());
  }
}

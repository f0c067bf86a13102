package parley.local.eventhubs.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.eventhubs.log.Position;

class SelectorTest {

  @Test
  void reads_what_sdks_write() throws Exception {
    assertEquals(new Position.Earliest(), parse("amqp.annotation.x-opt-offset >'-1'"));
    assertEquals(new Position.Latest(), parse("amqp.annotation.x-opt-offset > '@latest'"));
    assertEquals(new Position.Offset(12, false), parse("amqp.annotation.x-opt-offset > '12'"));
    assertEquals(new Position.Offset(12, true), parse("amqp.annotation.x-opt-offset >='12'"));
    assertEquals(
        new Position.Sequence(7, false), parse("amqp.annotation.x-opt-sequence-number > '7'"));
    assertEquals(new Position.Earliest(), parse("amqp.annotation.x-opt-sequence-number > '-1'"));
    assertEquals(
        new Position.Time(1000, true), parse("amqp.annotation.x-opt-enqueued-time >= 1000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 = 1",
        "amqp.annotation.x-opt-offset < '1'",
        "amqp.annotation.x-opt-offset > 'x'",
        "amqp.annotation.x-opt-colour > '1'",
        "amqp.annotation.x-opt-sequence-number > '99999999999999999999'"
      })
  void refuses_what_it_cannot_read(String expression) {
    assertThrows(MessageException.class, () -> parse(expression));
  }

  private static Position parse(String expression) throws MessageException {
    return Selector.parse(expression);
  }
}

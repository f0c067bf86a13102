package parley.matchmaking.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EndingTest {

  @Test
  void each_ending_is_read_as_it_was_written() {
    UUID session = UUID.fromString("a3b8c9d0-0000-4000-8000-000000000001");
    Map<Ending, String> texts =
        Map.of(
            new Ending.Cancelled(), "cancelled",
            new Ending.TimedOut(), "timedOut",
            new Ending.Refused(), "refused",
            new Ending.Matched(session, "203.0.113.7:7777"),
                "matched|" + session + "|203.0.113.7:7777",
            new Ending.Matched(session, "[2001:db8::7]:7777"),
                "matched|" + session + "|[2001:db8::7]:7777");
    texts.forEach(
        (ending, text) -> {
          assertEquals(text, ending.text());
          assertEquals(ending, Ending.of(text));
        });
  }
}

package parley.local.eventhubs.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressTest {

  @Test
  void reads_what_sdks_write_in_any_case_and_with_or_without_a_host() {
    assertEquals(Optional.of(new Address.Cbs()), Address.parse("$cbs"));
    assertEquals(Optional.of(new Address.Management()), Address.parse("$management"));
    assertEquals(Optional.of(new Address.Producer("hub", null)), Address.parse("hub"));
    assertEquals(
        Optional.of(new Address.Producer("hub", "1")),
        Address.parse("amqps://localhost:5672/hub/Partitions/1"));
    assertEquals(
        Optional.of(new Address.Consumer("hub", "$default", "3")),
        Address.parse("/hub/consumergroups/$default/partitions/3/"));
  }

  @Test
  void knows_nothing_else() {
    assertEquals(Optional.empty(), Address.parse(""));
    assertEquals(Optional.empty(), Address.parse("hub/Publishers/me"));
    assertEquals(Optional.empty(), Address.parse("$other"));
  }
}

package parley.bench.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestHost;
import parley.bench.clients.FourClients.Plan;
import parley.bench.clients.FourClients.Site;

class FourClientsTest {

  private static final int PLAYERS = 20;

  @Test
  void clients_of_each_kind_are_shown_everything_once_and_the_records_agree(@TempDir Path folder)
      throws Exception {
    try (TestHost host = TestHost.start(folder);
        FourClients clients =
            new FourClients(
                new Site(
                    host.host().httpPort(),
                    host.host().notificationHub().orElseThrow().port(),
                    host.clock(),
                    () -> host.advance(Duration.ofSeconds(1))),
                new Plan(PLAYERS, Duration.ZERO))) {
      Tally tally = clients.run();

      assertTrue(tally.holds(), tally::toString);
      for (Tally.Column column : tally.columns()) {
        int events = PLAYERS / 2 * Table.EVENTS;
        assertEquals(events, column.events());
        assertEquals(column.kind() == Kind.BACKGROUNDED ? events : 0, column.ignored());
        assertEquals(column.kind() == Kind.HALF_OPEN ? events : 0, column.late());
      }
    }
  }
}

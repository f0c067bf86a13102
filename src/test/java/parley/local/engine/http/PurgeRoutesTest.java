package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** DELETE instances/{id} and instances/. */
class PurgeRoutesTest extends ApiTest {

  private static void assertDeleted(int count, HttpResponse<String> response) throws Exception {
    assertEquals(200, response.statusCode());
    assertEquals(json("{\"instancesDeleted\":" + count + "}"), json(response));
  }

  @Test
  void a_finished_instance_is_purged_once() throws Exception {
    ended("game-1", "Echo");

    assertDeleted(1, delete("instances/game-1"));

    assertEquals(404, delete("instances/game-1").statusCode());
    assertEquals(404, get("instances/game-1").statusCode());
  }

  @Test
  void an_unfinished_instance_is_412_and_stays() throws Exception {
    running("game-1");

    assertEquals(412, delete("instances/game-1").statusCode());

    assertEquals(202, get("instances/game-1").statusCode());
  }

  @Test
  void many_are_purged_by_time_and_status() throws Exception {
    ended("game-1", "Echo");
    ended("game-2", "Fail");
    running("game-3");
    hub().advance(Duration.ofHours(1)); // 13:00
    ended("game-4", "Fail");

    String from = "instances/?createdTimeFrom=2026-01-01";
    assertEquals(404, delete(from + "&runtimeStatus=Terminated").statusCode());
    assertEquals(404, delete("instances/?createdTimeFrom=2027-01-01T00:00:00Z").statusCode());
    assertDeleted(
        1, delete(from + "&createdTimeTo=2026-01-01T12:30:00Z&runtimeStatus=Failed,Canceled"));
    assertEquals(404, get("instances/game-2").statusCode());
    assertDeleted(2, delete(from));
    assertEquals(202, get("instances/game-3").statusCode());
    assertEquals(404, delete(from).statusCode());
  }

  @Test
  void without_a_time_to_begin_with_nothing_is_purged() throws Exception {
    ended("game-1", "Echo");

    assertEquals(400, delete("instances/").statusCode());
    assertEquals(400, delete("instances/?createdTimeFrom=yesterday").statusCode());

    assertEquals(200, get("instances/game-1").statusCode());
  }
}

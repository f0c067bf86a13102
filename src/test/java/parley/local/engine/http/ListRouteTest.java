package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GET instances/. */
class ListRouteTest extends ApiTest {

  private static final String TOKEN = "x-ms-continuation-token";

  @BeforeEach
  void startSome() throws Exception {
    ended("game-1", "Echo");
    ended("game-2", "Fail");
    hub().advance(Duration.ofHours(1)); // 13:00
    running("game-3");
    terminated("match-1");
  }

  private static List<String> ids(HttpResponse<String> response) throws Exception {
    assertEquals(200, response.statusCode());
    List<String> ids = new ArrayList<>();
    for (JsonNode instance : json(response)) {
      ids.add(instance.get("instanceId").asText());
    }
    return ids;
  }

  private List<String> list(String query) throws Exception {
    return ids(get("instances/" + query));
  }

  @Test
  void all_instances_are_listed_with_their_statuses() throws Exception {
    HttpResponse<String> response = get("instances");

    assertEquals(List.of("game-1", "game-2", "game-3", "match-1"), ids(response));
    assertEquals("", header(response, TOKEN));
    JsonNode first = json(response).get(0);
    assertEquals("Completed", first.get("runtimeStatus").asText());
    assertEquals("in", first.get("input").asText());
    assertEquals("in", first.get("output").asText());
    assertTrue(json(get("instances?showInput=false")).get(0).get("input").isNull());
  }

  @Test
  void a_page_says_how_to_get_the_next() throws Exception {
    HttpResponse<String> first = get("instances/?top=3");
    assertEquals(List.of("game-1", "game-2", "game-3"), ids(first));

    HttpResponse<String> rest =
        send(withKey("instances/?top=3").header(TOKEN, header(first, TOKEN)));

    assertEquals(List.of("match-1"), ids(rest));
    assertEquals("", header(rest, TOKEN));
    assertEquals(400, send(withKey("instances/").header(TOKEN, "no token!")).statusCode());
  }

  @Test
  void a_page_holds_a_hundred_instances() throws Exception {
    for (int i = 0; i < 101; i++) {
      hub().start("Echo", "in", String.format("many-%03d", i));
    }

    assertEquals(100, list("?instanceIdPrefix=many-").size());
    assertEquals(100, list("?instanceIdPrefix=many-&top=x").size());
    assertEquals(101, list("?instanceIdPrefix=many-&top=1000").size());
  }

  @Test
  void a_page_of_large_instances_holds_fewer() throws Exception {
    for (int i = 0; i < 9; i++) {
      hub().start("Echo", "x".repeat(1 << 20), "large-" + i);
    }

    HttpResponse<String> first = get("instances/?instanceIdPrefix=large-");

    assertTrue(ids(first).size() < 9, ids(first).toString());
    HttpRequest.Builder more = withKey("instances/?instanceIdPrefix=large-");
    assertEquals(
        "large-" + ids(first).size(), ids(send(more.header(TOKEN, header(first, TOKEN)))).get(0));
  }

  @Test
  void they_are_chosen_by_status_prefix_and_time() throws Exception {
    assertEquals(List.of("game-2"), list("?runtimeStatus=Failed"));
    assertEquals(List.of("game-1", "game-2"), list("?runtimeStatus=Failed,Completed"));
    assertEquals(
        List.of("game-1", "game-2"), list("?runtimeStatus=Failed&runtimeStatus=Completed"));
    assertEquals(List.of("match-1"), list("?instanceIdPrefix=match"));
    assertEquals(List.of("game-3", "match-1"), list("?createdTimeFrom=2026-01-01T12:30:00Z"));
    assertEquals(List.of("game-1", "game-2"), list("?createdTimeTo=2026-01-01T12:30:00"));
    assertEquals(4, list("?createdTimeFrom=2026-01-01&createdTimeTo=2026-01-02").size());
    assertEquals(
        List.of("game-3"),
        list("?createdTimeFrom=2026-01-01T14:30:00%2B02:00&runtimeStatus=Running"));
  }

  @Test
  void what_cannot_be_read_is_not_asked_for() throws Exception {
    assertEquals(4, list("?runtimeStatus=Nonsense").size());
    assertEquals(List.of("game-2"), list("?runtimeStatus=Nonsense,Failed").stream().toList());
    assertEquals(4, list("?createdTimeFrom=yesterday").size());
  }
}

package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every route. */
class ManagementApiTest extends ApiTest {

  @Test
  void without_the_system_key_there_is_no_answer() throws Exception {
    running("game-1");

    assertEquals(401, send(to("instances/game-1")).statusCode());
    assertEquals(401, send(to("instances/game-1?code=wrong")).statusCode());
    assertEquals(
        401, send(to("instances/game-1").header("x-functions-key", KEY + "x")).statusCode());
    assertEquals(202, send(to("instances/game-1?" + CODE)).statusCode());
    assertEquals(202, get("instances/game-1").statusCode());
  }

  @Test
  void the_key_is_asked_for_on_every_route() throws Exception {
    for (String path : List.of("instances", "instances/", "instances/x?showHistory=true", "x")) {
      assertEquals(401, send(to(path)).statusCode(), path);
      assertEquals(401, send(to(path).DELETE()).statusCode(), path);
    }
    for (String verb :
        List.of("raiseEvent/go", "terminate", "suspend", "resume", "rewind", "restart")) {
      assertEquals(
          401, send(to("instances/x/" + verb).POST(BodyPublishers.noBody())).statusCode(), verb);
    }
    for (String path : List.of("orchestrators/Wait", "orchestrators/Wait/x")) {
      assertEquals(401, send(to(path).POST(BodyPublishers.noBody())).statusCode(), path);
    }
    assertTrue(json(get("instances/")).isEmpty());
  }

  @Test
  void an_api_without_a_key_is_not_made() {
    assertThrows(IllegalArgumentException.class, () -> hub().engine().management(" "));
  }

  @Test
  void what_is_not_in_the_api_is_404() throws Exception {
    running("game-1");

    assertEquals(404, get("nothing").statusCode());
    assertEquals(404, get("instances/game-1/terminate").statusCode());
    assertEquals(404, post("instances/game-1/explode").statusCode());
    assertEquals(404, post("instances").statusCode());
    assertEquals(404, get("orchestrators/Wait").statusCode());
    assertEquals(404, send(withKey("instances/game-1").PUT(BodyPublishers.noBody())).statusCode());
  }

  @Test
  void routes_ignore_case_but_ids_do_not() throws Exception {
    running("game-1");

    assertEquals(202, get("Instances/game-1").statusCode());
    assertEquals(404, get("instances/GAME-1").statusCode());
    assertEquals(202, post("INSTANCES/game-1/Terminate").statusCode());
  }

  @Test
  void an_engine_that_takes_nothing_more_says_503_and_when_to_try_again() throws Exception {
    hub().engine().close();

    HttpResponse<String> response = post("instances/game-1/terminate");

    assertEquals(503, response.statusCode());
    assertEquals("1", header(response, "Retry-After"));
  }

  @Test
  void a_body_of_more_than_a_megabyte_is_413() throws Exception {
    assertEquals(413, post("orchestrators/Echo", "\"" + "x".repeat(1 << 20) + "\"").statusCode());
  }
}

package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import parley.local.engine.TestEngine;

/** POST orchestrators/{function}/{id?} and instances/{id}/restart. */
class StartRoutesTest extends ApiTest {

  private static final String WAIT = "?timeout=20&pollingInterval=1";

  private void assertLinks(String id, HttpResponse<String> response) throws Exception {
    assertEquals(202, response.statusCode());
    assertEquals("10", header(response, "Retry-After"));
    String here = base() + "instances/" + id;
    assertEquals(here + "?" + CODE, header(response, "Location"));
    assertEquals(
        json(
            """
            {"id":"ID","statusQueryGetUri":"HERE?CODE",
             "sendEventPostUri":"HERE/raiseEvent/{eventName}?CODE",
             "terminatePostUri":"HERE/terminate?reason={text}&CODE",
             "purgeHistoryDeleteUri":"HERE?CODE","restartPostUri":"HERE/restart?CODE",
             "suspendPostUri":"HERE/suspend?reason={text}&CODE",
             "resumePostUri":"HERE/resume?reason={text}&CODE"}"""
                .replace("HERE", here)
                .replace("CODE", CODE)
                .replace("ID", id)),
        json(response));
  }

  @Test
  void an_orchestration_is_started_and_the_answer_says_how_to_manage_it() throws Exception {
    HttpResponse<String> response = post("orchestrators/Echo/game-1", "\"hello\"");

    assertLinks("game-1", response);
    assertEquals("hello", hub().finished("game-1").readOutputAs(String.class));
  }

  @Test
  void its_urls_work_for_any_id() throws Exception {
    String location = header(post("orchestrators/Wait/gr%C3%BCn%20%2B%20rot"), "Location");

    JsonNode status = json(send(HttpRequest.newBuilder(URI.create(location))));

    assertEquals("gr\u00fcn + rot", status.get("instanceId").asText());
  }

  @Test
  void without_an_id_it_gets_a_new_one() throws Exception {
    HttpResponse<String> response = post("orchestrators/Echo", "\"hello\"");

    String id = json(response).get("id").asText();
    assertTrue(id.matches("[0-9a-f]{32}"), id);
    assertLinks(id, response);
    assertEquals("hello", hub().finished(id).readOutputAs(String.class));
  }

  @Test
  void without_a_body_it_has_no_input() throws Exception {
    assertEquals(202, post("orchestrators/Echo/game-1").statusCode());

    assertTrue(json(get("instances/game-1")).get("input").isNull());
  }

  @Test
  void bad_json_an_unknown_function_and_a_bad_id_are_400() throws Exception {
    assertEquals(400, post("orchestrators/Echo/game-1", "{not json").statusCode());
    assertEquals(400, post("orchestrators/echo/game-1", "1").statusCode());
    assertEquals(400, post("orchestrators/Nothing/game-1", "1").statusCode());
    assertEquals(400, post("orchestrators/Echo/@game-1", "1").statusCode());
    assertEquals(404, get("instances/game-1").statusCode());
  }

  @Test
  void an_id_in_use_is_409_until_its_instance_has_finished() throws Exception {
    running("game-1");
    assertEquals(409, post("orchestrators/Echo/game-1", "1").statusCode());

    hub().client().terminate("game-1", null);

    assertEquals(202, post("orchestrators/Echo/game-1", "\"again\"").statusCode());
    assertEquals("again", hub().finished("game-1").readOutputAs(String.class));
  }

  @Test
  void with_a_timeout_it_answers_the_output_when_it_is_there() throws Exception {
    worker.orchestrator("Sum", ctx -> List.of(1, 2));

    HttpResponse<String> response = post("orchestrators/Sum" + WAIT, "1");

    assertEquals(200, response.statusCode());
    assertEquals(json("[1,2]"), json(response));
  }

  @Test
  void it_waits_for_what_happens_meanwhile() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return post("orchestrators/Wait/game-1" + WAIT);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    TestEngine.until(() -> hub().get("game-1").isInstanceFound());
    hub().client().raiseEvent("game-1", "go", 7);

    assertEquals(200, answer.get().statusCode());
    assertEquals(7, json(answer.get()).asInt());
  }

  @Test
  void after_the_timeout_it_answers_as_without() throws Exception {
    assertLinks("game-1", post("orchestrators/Wait/game-1?timeout=0.05&pollingInterval=0.01", "1"));
  }

  @Test
  void of_an_instance_that_fails_it_answers_the_status() throws Exception {
    HttpResponse<String> response = post("orchestrators/Fail/game-1" + WAIT);

    assertEquals(200, response.statusCode());
    JsonNode status = json(response);
    assertEquals("game-1", status.get("instanceId").asText());
    assertEquals("Failed", status.get("runtimeStatus").asText());
  }

  @Test
  void it_waits_only_if_both_times_are_given_and_fit() throws Exception {
    assertEquals(202, post("orchestrators/Wait?timeout=20").statusCode());
    assertEquals(202, post("orchestrators/Wait?pollingInterval=1").statusCode());
    assertEquals(400, post("orchestrators/Wait?timeout=1&pollingInterval=2").statusCode());
  }

  @Test
  void restart_begins_again_under_a_new_id() throws Exception {
    ended("game-1", "Echo");

    HttpResponse<String> response = post("instances/game-1/restart");

    String id = json(response).get("id").asText();
    assertTrue(id.matches("[0-9a-f]{32}"), id);
    assertLinks(id, response);
    assertEquals("in", hub().finished(id).readOutputAs(String.class));
  }

  @Test
  void restart_begins_again_under_the_same_id_if_it_is_free() throws Exception {
    ended("game-1", "Echo");
    running("game-2");
    String same = "/restart?restartWithNewInstanceId=false";

    HttpResponse<String> waited = post("instances/game-1" + same + "&timeout=20&pollingInterval=1");
    assertEquals(200, waited.statusCode());
    assertEquals("in", json(waited).asText());
    assertLinks("game-1", post("instances/game-1" + same));
    assertEquals(500, post("instances/game-2" + same).statusCode());
    assertEquals(202, post("instances/game-2/restart").statusCode());
    assertEquals(400, post("instances/nobody/restart").statusCode());
  }
}

package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** POST instances/{id}/raiseEvent/{name}, terminate, suspend, resume and rewind. */
class OperationRoutesTest extends ApiTest {

  private int raise(String id, String type, String body) throws Exception {
    return post("instances/" + id + "/raiseEvent/go", type, BodyPublishers.ofString(body))
        .statusCode();
  }

  private String runtimeStatus(String id) throws Exception {
    return json(get("instances/" + id)).get("runtimeStatus").asText();
  }

  @Test
  void an_event_is_raised_or_the_status_says_why_not() throws Exception {
    running("game-1");

    assertEquals(404, raise("nobody", "application/json", "7"));
    assertEquals(404, raise("nobody", "text/plain", "{not json"));
    assertEquals(400, raise("game-1", "application/json", "{not json"));
    assertEquals(400, raise("game-1", "application/json", "7 8"));
    assertEquals(400, raise("game-1", "text/plain", "7"));
    assertEquals(202, raise("game-1", "application/json; charset=utf-8", "7"));
    hub().finished("game-1");
    assertEquals(410, raise("game-1", "application/json", "7"));
    assertEquals(410, raise("game-1", "text/plain", "7"));

    assertEquals(7, json(get("instances/game-1")).get("output").asInt());
  }

  @Test
  void an_event_without_a_body_is_an_event() throws Exception {
    running("game-1");

    assertEquals(202, raise("game-1", "application/json", ""));

    hub().finished("game-1");
    assertTrue(json(get("instances/game-1")).get("output").isNull());
  }

  @Test
  void a_refusal_is_told_in_json() throws Exception {
    running("game-1");

    HttpResponse<String> refused =
        post("instances/game-1/raiseEvent/go", "text/plain", BodyPublishers.ofString("7"));

    assertEquals(
        json("{\"Message\":\"Only application/json request content is supported\"}"),
        json(refused));
  }

  @Test
  void terminate_ends_an_instance_for_the_reason_given() throws Exception {
    running("game-1");

    assertEquals(404, post("instances/nobody/terminate").statusCode());
    HttpResponse<String> answer = post("instances/game-1/terminate?reason=out%20of%20time");
    assertEquals(202, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals("Terminated", runtimeStatus("game-1"));
    assertEquals("out of time", json(get("instances/game-1")).get("output").asText());
    assertEquals(410, post("instances/game-1/terminate").statusCode());

    running("game-2");
    assertEquals(202, post("instances/game-2/terminate").statusCode());
    assertTrue(json(get("instances/game-2")).get("output").isNull());
  }

  @Test
  void suspend_holds_an_instance_and_resume_lets_it_go_on() throws Exception {
    running("game-1");

    assertEquals(404, post("instances/nobody/suspend").statusCode());
    assertEquals(404, post("instances/nobody/resume").statusCode());
    assertEquals(500, post("instances/game-1/resume?reason=x").statusCode());
    assertEquals(202, post("instances/game-1/suspend?reason=x").statusCode());
    assertEquals("Suspended", runtimeStatus("game-1"));
    assertEquals(500, post("instances/game-1/suspend").statusCode());
    assertEquals(202, raise("game-1", "application/json", "7"));
    assertEquals("Suspended", runtimeStatus("game-1"));
    assertEquals(202, post("instances/game-1/resume").statusCode());
    hub().finished("game-1");
    assertEquals(410, post("instances/game-1/suspend").statusCode());
    assertEquals(410, post("instances/game-1/resume").statusCode());
  }

  @Test
  void rewind_takes_a_failed_instance_back() throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    worker
        .orchestrator("Fragile", ctx -> ctx.callActivity("Try", null, Integer.class).await())
        .activity(
            "Try",
            input -> {
              if (!mended.get()) {
                throw new IllegalStateException("broken");
              }
              return "7";
            });
    ended("game-1", "Fragile");
    assertEquals("Failed", runtimeStatus("game-1"));
    mended.set(true);

    assertEquals(202, post("instances/game-1/rewind?reason=mended").statusCode());

    hub().finished("game-1");
    assertEquals("Completed", runtimeStatus("game-1"));
    assertEquals(7, json(get("instances/game-1")).get("output").asInt());
  }

  @Test
  void rewind_refuses_what_has_not_failed() throws Exception {
    running("running");
    ended("done", "Echo");
    terminated("over");

    assertEquals(404, post("instances/nobody/rewind").statusCode());
    assertEquals(500, post("instances/running/rewind").statusCode());
    for (String finished : List.of("done", "over")) {
      assertEquals(410, post("instances/" + finished + "/rewind").statusCode(), finished);
    }
  }

  @Test
  void a_store_that_cannot_be_written_is_a_503_and_nothing_is_raised() throws Exception {
    running("game-1");
    HttpResponse<String> answer;
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + hub().store());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      answer =
          post("instances/game-1/raiseEvent/go", "application/json", BodyPublishers.ofString("7"));
      statement.execute("ROLLBACK");
    }

    assertEquals(503, answer.statusCode());
    assertEquals("1", header(answer, "Retry-After"));
    assertEquals(202, raise("game-1", "application/json", "8"));
    hub().finished("game-1");
    assertEquals(8, json(get("instances/game-1")).get("output").asInt());
  }
}

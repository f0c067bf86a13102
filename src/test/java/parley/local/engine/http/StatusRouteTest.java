package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** GET instances/{id}. */
class StatusRouteTest extends ApiTest {

  @Test
  void an_unknown_instance_is_404() throws Exception {
    assertEquals(404, get("instances/nobody").statusCode());
  }

  @Test
  void a_running_instance_is_202_and_says_where_and_when_to_ask_again() throws Exception {
    running("game-1");

    HttpResponse<String> response = get("instances/game-1");

    assertEquals(202, response.statusCode());
    assertEquals("5", header(response, "Retry-After"));
    URI location = URI.create(header(response, "Location"));
    assertEquals(202, send(HttpRequest.newBuilder(location)).statusCode());
    assertEquals(
        json(
            """
            {"name":"Wait","instanceId":"game-1","runtimeStatus":"Running","input":"in",
            "customStatus":{"turn":1},"output":null,"createdTime":"2026-01-01T12:00:00Z",
            "lastUpdatedTime":"2026-01-01T12:00:00Z"}"""),
        json(response));
  }

  @Test
  void the_location_asks_the_same_question_again() throws Exception {
    running("game-1");

    String asked = "instances/game-1?showInput=false";
    assertEquals(base() + asked + "&" + CODE, header(get(asked), "Location"));
    String withCode = "instances/game-1?" + CODE + "&showHistory=true";
    assertEquals(base() + withCode, header(send(to(withCode)), "Location"));
  }

  @Test
  void the_input_is_shown_unless_it_is_not_wanted() throws Exception {
    running("game-1");

    assertEquals("in", json(get("instances/game-1")).get("input").asText());
    assertTrue(json(get("instances/game-1?showInput=false")).get("input").isNull());
    assertTrue(json(get("instances/game-1?showInput=FALSE")).get("input").isNull());
  }

  @Test
  void one_that_is_to_start_later_and_a_suspended_one_are_202() throws Exception {
    hub()
        .client()
        .scheduleNewOrchestrationInstance(
            "Wait",
            new NewOrchestrationInstanceOptions()
                .setInstanceId("later")
                .setStartTime(hub().clock.instant().plus(Duration.ofDays(1))));
    running("held");
    hub().client().suspendInstance("held");

    assertEquals(202, get("instances/later").statusCode());
    assertEquals("Pending", json(get("instances/later")).get("runtimeStatus").asText());
    assertEquals(202, get("instances/held").statusCode());
    assertEquals("Suspended", json(get("instances/held")).get("runtimeStatus").asText());
  }

  @Test
  void completed_and_terminated_instances_are_200_without_a_location() throws Exception {
    ended("done", "Echo");
    terminated("over");

    HttpResponse<String> done = get("instances/done");
    assertEquals(200, done.statusCode());
    assertNull(header(done, "Location"));
    assertNull(header(done, "Retry-After"));
    assertEquals("in", json(done).get("output").asText());
    assertEquals(200, get("instances/over").statusCode());
    assertEquals("Terminated", json(get("instances/over")).get("runtimeStatus").asText());
  }

  @Test
  void a_failed_instance_is_200_or_500_as_is_asked_for() throws Exception {
    ended("lost", "Fail");

    HttpResponse<String> response = get("instances/lost");

    assertEquals(200, response.statusCode());
    assertEquals("Failed", json(response).get("runtimeStatus").asText());
    assertTrue(json(response).get("output").asText().endsWith("IllegalStateException: lost"));
    assertEquals(500, get("instances/lost?returnInternalServerErrorOnFailure=true").statusCode());
    ended("done", "Echo");
    assertEquals(200, get("instances/done?returnInternalServerErrorOnFailure=true").statusCode());
  }

  @Test
  void there_is_no_history_unless_it_is_asked_for() throws Exception {
    ended("done", "Echo");

    assertFalse(json(get("instances/done")).has("historyEvents"));
    assertFalse(json(get("instances/done?showHistory=false")).has("historyEvents"));
    assertTrue(json(get("instances/done?showHistory=true")).has("historyEvents"));
  }
}

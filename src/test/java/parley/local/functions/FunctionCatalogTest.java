package parley.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.SampleFunctions;
import parley.local.SampleHubFunctions;

class FunctionCatalogTest {

  private final FunctionCatalog catalog =
      FunctionCatalog.of(List.of(SampleFunctions.class, SampleHubFunctions.class));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Answer",
        "AnswerLiteral",
        "Broken",
        "Client",
        "Compose",
        "CountUp",
        "Echo",
        "Forever",
        "Greet",
        "Keyed",
        "Receive",
        "Refuse",
        "Send",
        "Tick"
      })
  void a_function_has_the_function_json_that_the_maven_plugin_has_generated_for_it(String name)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    FunctionDefinition function =
        catalog.functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    try (InputStream generated =
        getClass().getResourceAsStream("/function-json/" + name + ".json")) {
      assertEquals(
          json.readTree(generated),
          json.valueToTree(function.functionJson("../parley-0.1.0-SNAPSHOT.jar")));
    }
  }

  @Test
  void durable_functions_are_found_by_the_name_that_orchestrators_use() {
    assertEquals("CountUp", catalog.activity("Count").orElseThrow().name());
    assertEquals("CountUp", catalog.activity("count").orElseThrow().name());
    assertTrue(catalog.activity("CountUp").isEmpty());
    assertEquals("Greet", catalog.orchestrator("Greet").orElseThrow().name());
    assertTrue(catalog.orchestrator("Compose").isEmpty());
  }

  @Test
  void a_name_given_twice_is_refused() {
    assertRefused(
        "are both named",
        () -> FunctionCatalog.of(List.of(SampleFunctions.class, SampleFunctions.class)));
  }

  @Test
  void a_nested_class_is_refused() {
    assertRefused("top-level", () -> FunctionCatalog.of(List.of(Refused.class)));
  }

  @Test
  void a_binding_that_the_host_does_not_serve_is_refused() {
    assertRefused(
        "function Receive: nothing here serves a binding of type eventHubTrigger",
        () ->
            catalog.requireBindings(
                Set.of(
                    "activityTrigger",
                    "httpTrigger",
                    "http",
                    "durableClient",
                    "timerTrigger",
                    "orchestrationTrigger")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overloaded: its method overloaded is overloaded",
        "record: cannot bind body to a",
        "list: cannot bind body to a",
        "instant: cannot bind input to a java.time.Instant",
        "unbound: has no binding",
        "triggers: has 2 triggers",
        "hidden: is not public",
        "named: is no name"
      })
  void what_the_worker_cannot_run_is_refused(String methodAndReason) {
    String[] parts = methodAndReason.split(": ", 2);
    Method method =
        Arrays.stream(Refused.class.getDeclaredMethods())
            .filter(m -> m.getName().equals(parts[0]) && m.isAnnotationPresent(FunctionName.class))
            .findFirst()
            .orElseThrow();
    assertRefused(parts[1], () -> FunctionReader.read(method));
  }

  private static void assertRefused(String reason, Runnable reading) {
    String message = assertThrows(IllegalArgumentException.class, reading::run).getMessage();
    assertTrue(message.contains(reason), message);
  }

  private record Payload(String text) {}

  /** Each method is something that the real worker rejects, or never answers. */
  public static class Refused {
    @FunctionName("Overloaded")
    public void overloaded(@TimerTrigger(name = "timer", schedule = "* * * * * *") String timer) {}

    public void overloaded() {}

    @FunctionName("Record")
    public void record(@HttpTrigger(name = "body") HttpRequestMessage<Payload> body) {}

    @FunctionName("List")
    public void list(@HttpTrigger(name = "body") List<Payload> body) {}

    @FunctionName("Instant")
    public void instant(@DurableActivityTrigger(name = "input") Instant input) {}

    @FunctionName("Unbound")
    public void unbound(String what) {}

    @FunctionName("Triggers")
    public void triggers(
        @TimerTrigger(name = "a", schedule = "* * * * * *") String a,
        @DurableActivityTrigger(name = "b") String b) {}

    @FunctionName("Hidden")
    void hidden(@DurableActivityTrigger(name = "b") String b) {}

    @FunctionName("a name")
    public void named(@DurableActivityTrigger(name = "b") String b) {}
  }
}

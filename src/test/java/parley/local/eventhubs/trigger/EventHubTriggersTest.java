package parley.local.eventhubs.trigger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.SendOptions;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.eventhubs.TestHubs;
import parley.local.functions.DurableClients;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionInvoker;
import parley.local.services.LogLines;

class EventHubTriggersTest {

  @TempDir private Path folder;
  private final SampleListeners functions = new SampleListeners();
  private TestHubs hubs;

  @BeforeEach
  void start() throws Exception {
    hubs = new TestHubs(folder);
  }

  @AfterEach
  void stop() {
    hubs.close();
  }

  @Test
  void a_function_gets_its_events_with_all_that_the_real_host_tells_of_them() throws Exception {
    EventData coloured = new EventData("one");
    coloured.getProperties().put("colour", "red");
    try (EventHubProducerClient producer = hubs.producer();
        EventHubTriggers triggers = triggers()) {
      assertNotNull(triggers);
      SampleListeners.Call call =
          inOneCall(producer, List.of(coloured, new EventData(""), new EventData("three")));

      // The host leaves empty events out, and says so nowhere but in the metadata.
      assertEquals(List.of("one", "three"), call.events());
      assertEquals(3, call.system().length);
      assertEquals("ada", call.system()[2].get("PartitionKey"));
      assertEquals(
          call.system()[2].get("OffsetString"),
          "" + ((Number) call.system()[2].get("Offset")).longValue());
      Map<?, ?> rest = (Map<?, ?>) call.rest();
      Map<?, ?> partition = (Map<?, ?>) rest.get("partition");
      assertEquals("sample", partition.get("EventHubName"));
      assertEquals("$Default", partition.get("ConsumerGroup"));
      assertEquals(Map.of("colour", "red"), ((Map<?, ?>[]) rest.get("properties"))[0]);
      assertEquals(List.of("ada", "ada", "ada"), rest.get("keys"));
      long[] sequences = (long[]) rest.get("sequences");
      assertArrayEquals(new long[] {sequences[0], sequences[0] + 1, sequences[0] + 2}, sequences);
      assertEquals((double) sequences[0], call.system()[0].get("SequenceNumber"));
      assertEquals(3, ((String[]) rest.get("offsets")).length);
      String time = (String) ((List<?>) rest.get("times")).get(0);
      assertTrue(time.matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"), time);
    }
  }

  @Test
  void a_failed_batch_comes_again_until_it_succeeds_and_only_then_there_is_a_checkpoint()
      throws Exception {
    functions.failures.set(3);
    List<String> seen = new ArrayList<>();
    try (LogLines log = new LogLines(HubListener.class);
        EventHubProducerClient producer = hubs.producer();
        EventHubTriggers triggers = triggers()) {
      TestHubs.send(producer, "1", "ab");
      for (int i = 0; i < 4; i++) {
        // Nobody has told that it succeeded before the last call.
        assertEquals(List.of(), checkpoints());
        seen.add(String.join("", call("Patient").events()));
      }
      TestHubs.send(producer, "1", "c");
      seen.add(String.join("", call("Patient").events()));
      assertNotNull(triggers);
      awaitLine(log, "function Patient failed with 1 events of sample/1; called again in 10 ms");
    }
    assertEquals(List.of("ab", "ab", "ab", "ab", "c"), seen);
    // Closing lets the call end, and its checkpoint be made.
    assertEquals(List.of(1L), checkpoints());
  }

  @Test
  void a_restart_goes_on_behind_the_checkpoint_and_repeats_what_has_none() throws Exception {
    try (EventHubProducerClient producer = hubs.producer()) {
      TestHubs.send(producer, "0", "done");
      EventHubTriggers first = triggers();
      call("Patient");
      functions.failures.set(Integer.MAX_VALUE);
      TestHubs.send(producer, "0", "failing");
      assertEquals(List.of("failing"), call("Patient").events());
      first.close();
      functions.failures.set(0);
      functions.of("Patient").clear();
      hubs.close();
    }
    hubs = new TestHubs(folder);
    try (EventHubTriggers second = triggers()) {
      assertNotNull(second);
      assertEquals(List.of("failing"), call("Patient").events());
    }
    assertEquals(List.of(1L), checkpoints());
  }

  @Test
  void without_a_retry_annotation_failed_events_are_given_up_as_in_azure() throws Exception {
    functions.failures.set(1);
    try (LogLines log = new LogLines(HubListener.class);
        EventHubProducerClient producer =
            TestHubs.builder(hubs.hubs().connectionString(), "other").buildProducerClient();
        EventHubTriggers triggers = triggers()) {
      TestHubs.send(producer, "2", "lost");
      assertEquals(List.of("lost"), call("Careless").events());
      awaitLine(log, "function Careless failed with 1 events of other/2; they are given up");
      TestHubs.send(producer, "2", "bad");
      assertEquals(List.of("bad"), call("Careless").events());

      // Another consumer group, one event at a time, with two retries that wait longer and longer.
      List<String> singles = new ArrayList<>();
      TestHubs.send(producer, "2", "good");
      for (int i = 0; i < 5; i++) {
        SampleListeners.Call single = call("Single");
        singles.add(single.events().get(0) + single.rest());
      }
      assertEquals(List.of("lost0", "bad1", "bad1", "bad1", "good2"), singles);
      assertNotNull(triggers);
    }
  }

  @Test
  void closing_interrupts_a_call_that_does_not_end_and_its_events_come_again() throws Exception {
    try (EventHubProducerClient producer =
        TestHubs.builder(hubs.hubs().connectionString(), "stuck").buildProducerClient()) {
      TestHubs.send(producer, "3", "sticky");
    }
    try (EventHubTriggers triggers = triggers()) {
      assertNotNull(triggers);
      assertTrue(functions.stuck.await(20, TimeUnit.SECONDS));
    }
    assertTrue(functions.interrupted.await(20, TimeUnit.SECONDS));
    functions.of("Stuck").clear();
    try (EventHubTriggers again = triggers()) {
      assertNotNull(again);
      assertEquals(List.of("sticky"), call("Stuck").events());
    }
  }

  private EventHubTriggers triggers() {
    return EventHubTriggers.start(
        FunctionCatalog.of(List.of(SampleListeners.class)),
        new FunctionInvoker(injector(), new DurableClients()),
        text -> text.replace("%SAMPLE_HUB%", TestHubs.HUB),
        Map.of(SampleListeners.CONNECTION, hubs.hubs().connectionString()),
        TriggerOptions.DEFAULT,
        new LocalCheckpoints(hubs.hubs().log()));
  }

  private FunctionInstanceInjector injector() {
    return new FunctionInstanceInjector() {
      @Override
      public <T> T getInstance(Class<T> functionClass) {
        return functionClass.cast(functions);
      }
    };
  }

  /** Sends events of one key until a call gets them together: a batch may end between them. */
  private SampleListeners.Call inOneCall(EventHubProducerClient producer, List<EventData> events)
      throws InterruptedException {
    while (true) {
      producer.send(events, new SendOptions().setPartitionKey("ada"));
      SampleListeners.Call call = call("Patient");
      int left = events.size() - call.system().length;
      if (left == 0) {
        return call;
      }
      while (left > 0) {
        left -= call("Patient").system().length;
      }
    }
  }

  private static void awaitLine(LogLines log, String wanted) throws InterruptedException {
    String line = log.next();
    while (!line.equals(wanted)) {
      line = log.next();
    }
  }

  /** The next call of a function. */
  private SampleListeners.Call call(String function) throws InterruptedException {
    SampleListeners.Call call =
        functions.of(function).poll(TestHubs.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(call, function + " was not called");
    return call;
  }

  /** The sequence numbers of the checkpoints of {@code Patient}. */
  private List<Long> checkpoints() throws Exception {
    return hubs.hubs().log().checkpoints("localhost", TestHubs.HUB, "$default").get().stream()
        .map(Checkpoint::getSequenceNumber)
        .toList();
  }
}

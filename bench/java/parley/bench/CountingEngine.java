package parley.bench;

import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskOrchestrationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import parley.local.engine.DurableEngine;

/**
 * The process that is killed: an engine whose orchestrations count the events that they get, and
 * the activities that they call, in a store that is not the engine's.
 */
final class CountingEngine {

  static final String ORCHESTRATOR = "Count";
  static final String EVENT = "add";
  static final String LAST = "last";
  static final String READY = "ready";

  private CountingEngine() {}

  /**
   * What an orchestration has counted.
   *
   * @param events each event that it has got, in order
   * @param receipts what the activity has answered to each
   */
  record Count(List<String> events, List<String> receipts) {

    static Count none() {
      return new Count(List.of(), List.of());
    }

    Count and(String event, String receipt) {
      List<String> allEvents = new ArrayList<>(events);
      List<String> allReceipts = new ArrayList<>(receipts);
      allEvents.add(event);
      allReceipts.add(receipt);
      return new Count(allEvents, allReceipts);
    }
  }

  /** Step {@code step} of an orchestration, caused by an event. */
  record Step(int step, String event) {}

  /**
   * Runs until its input ends, so that it never outlives who started it.
   *
   * @param args the folder of the stores, the gRPC port, and the number of this life
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    int port = Integer.parseInt(args[1]);
    try (Effects effects = Effects.open(folder, args[2]);
        DurableEngine engine =
            DurableEngine.start(
                new DurableEngine.Options(folder.resolve("hub.db"), port, Clock.systemUTC()),
                worker(effects))) {
      System.out.println(READY + " " + engine.grpcPort());
      CountDownLatch over = new CountDownLatch(1);
      Thread input = new Thread(() -> awaitEnd(over), "input");
      input.setDaemon(true);
      input.start();
      over.await();
    }
  }

  private static void awaitEnd(CountDownLatch over) {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("the input broke off: " + e.getMessage());
    } finally {
      over.countDown();
    }
  }

  private static BenchWorker worker(Effects effects) {
    return new BenchWorker()
        .orchestrator(ORCHESTRATOR, CountingEngine::count)
        .activity("Record", effects::record)
        .activity("Nothing", (instance, input) -> null);
  }

  /** A generation for each event: two activities and a timer, then the event and its step. */
  private static Count count(TaskOrchestrationContext ctx) {
    Count count = ctx.getInput(Count.class);
    List<Task<Void>> parts = new ArrayList<>();
    parts.add(ctx.callActivity("Nothing"));
    parts.add(ctx.callActivity("Nothing"));
    parts.add(ctx.createTimer(Duration.ofMillis(20)));
    ctx.allOf(parts).await();
    String event = ctx.waitForExternalEvent(EVENT, String.class).await();
    Step step = new Step(count.events().size(), event);
    Count next = count.and(event, ctx.callActivity("Record", step, String.class).await());
    if (!event.endsWith(LAST)) {
      ctx.continueAsNew(next);
    }
    return next;
  }
}

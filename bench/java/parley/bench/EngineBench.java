package parley.bench;

import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskOrchestrationContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.bench.load.Latencies;

/** How fast the durable engine is, how much it stores, and how much memory that takes. */
final class EngineBench {

  private static final int STEPS = 5;
  private static final int WARM_UP = 1_000;
  private static final int AT_ONCE = 10_000;
  private static final int STEADY = 4_000;
  private static final int CALLERS = 32;
  private static final int EVENTS = 1_000;
  private static final int FAN_OUT = 10_000;
  private static final int GENERATIONS = 100_000;
  private static final int WANTED_PER_SECOND = 200;
  private static final Duration TO_START_ALL = Duration.ofSeconds(20);
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private final PrintStream out;

  EngineBench(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Measures one thing after the other; returns whether the engine is as fast as it must be. */
  boolean run() throws Exception {
    out.printf(
        "%d processors, a disk that commits %,.0f rows/s one by one%n",
        Runtime.getRuntime().availableProcessors(), Disk.commitsPerSecond(folder));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    new EngineBench(folder, nowhere).calledFor(WARM_UP, "to warm up");
    calledFor(STEADY, CALLERS + " callers that wait for each");
    double perSecond = dueAtOnce(AT_ONCE);
    events();
    fanOut();
    continueAsNew();
    return perSecond >= WANTED_PER_SECOND;
  }

  private void calledFor(int orchestrations, String title) throws Exception {
    Steps steps = new Steps(orchestrations);
    try (BenchHub hub = hub(steps.worker)) {
      long began = System.nanoTime();
      hub.callers(
          CALLERS,
          orchestrations,
          n -> {
            hub.start("Steps", 0, "steps-" + n);
            hub.completed("steps-" + n);
          });
      report(orchestrations, title, secondsSince(began), steps, hub);
    }
  }

  /** They are started beforehand, for one and the same moment; returns how many a second end. */
  private double dueAtOnce(int orchestrations) throws Exception {
    Steps steps = new Steps(orchestrations);
    Heap.reset();
    try (BenchHub hub = hub(steps.worker)) {
      Instant due = Instant.now().plus(TO_START_ALL);
      hub.callers(CALLERS, orchestrations, n -> hub.start("Steps", 0, "steps-" + n, due));
      if (steps.worker.turns() > 0) {
        throw new IllegalStateException("not all were started within " + TO_START_ALL);
      }
      for (int n = 0; n < orchestrations; n++) {
        hub.completed("steps-" + n);
      }
      double seconds = Duration.between(due, Instant.now()).toNanos() / NANOS;
      report(orchestrations, "all due at the same moment", seconds, steps, hub);
      return orchestrations / seconds;
    }
  }

  private void report(int orchestrations, String title, double seconds, Steps steps, BenchHub hub)
      throws IOException {
    long turns = steps.worker.turns();
    out.printf("%n%,d orchestrations of %d activities, %s%n", orchestrations, STEPS, title);
    out.printf("  completed         %,d in %.1f s%n", orchestrations, seconds);
    out.printf("  orchestrations/s  %,.0f%n", orchestrations / seconds);
    out.printf("  turns/s           %,.0f%n", turns / seconds);
    out.printf("  turn latency      %s%n", steps.latencies);
    hub.close();
    out.printf("  store             %,d bytes a turn%n", hub.bytes() / turns);
    out.printf("  heap              %s%n", Heap.peak());
  }

  /** Orchestrations that call one activity after the other, and how long that takes them. */
  private static final class Steps {

    final Latencies latencies;
    final BenchWorker worker;

    Steps(int orchestrations) {
      latencies = new Latencies();
      worker =
          new BenchWorker().orchestrator("Steps", EngineBench::steps).activity("Step", this::step);
    }

    private String step(String instance, String input) {
      latencies.ended(instance);
      latencies.began(instance);
      return input;
    }
  }

  private static int steps(TaskOrchestrationContext ctx) {
    int sum = ctx.getInput(Integer.class);
    for (int i = 0; i < STEPS; i++) {
      sum += ctx.callActivity("Step", i, Integer.class).await();
    }
    return sum;
  }

  private void events() throws Exception {
    BenchWorker worker =
        new BenchWorker()
            .orchestrator(
                "Events",
                ctx -> {
                  int sum = 0;
                  for (int i = 0; i < EVENTS; i++) {
                    sum += ctx.waitForExternalEvent("add", Integer.class).await();
                  }
                  return sum;
                });
    try (BenchHub hub = hub(worker)) {
      long began = System.nanoTime();
      hub.start("Events", null, "events");
      hub.callers(CALLERS, EVENTS, n -> hub.client().raiseEvent("events", "add", n));
      hub.completed("events");
      report("one instance with %,d events", EVENTS, worker, began);
    }
  }

  private void fanOut() throws Exception {
    BenchWorker worker =
        new BenchWorker()
            .orchestrator(
                "FanOut",
                ctx -> {
                  List<Task<Integer>> parts = new ArrayList<>();
                  for (int i = 0; i < FAN_OUT; i++) {
                    parts.add(ctx.callActivity("Part", i, Integer.class));
                  }
                  return ctx.allOf(parts).await().size();
                })
            .activity("Part", (instance, input) -> input);
    Heap.reset();
    try (BenchHub hub = hub(worker)) {
      long began = System.nanoTime();
      hub.start("FanOut", null, "fan-out");
      hub.completed("fan-out");
      report("one instance with %,d activities at once", FAN_OUT, worker, began);
      out.printf("  heap              %s%n", Heap.peak());
    }
  }

  private void continueAsNew() throws Exception {
    BenchWorker worker =
        new BenchWorker()
            .orchestrator(
                "Renew",
                ctx -> {
                  int left = ctx.getInput(Integer.class);
                  if (left > 0) {
                    ctx.continueAsNew(left - 1);
                  }
                  return left;
                });
    try (BenchHub hub = hub(worker)) {
      hub.start("Renew", GENERATIONS / 100, "first");
      hub.completed("first");
      long before = hub.bytes();
      long began = System.nanoTime();
      hub.start("Renew", GENERATIONS, "renew");
      hub.completed("renew");
      report("one instance that continues as new %,d times", GENERATIONS, worker, began);
      out.printf("  store             %,d bytes before, %,d after%n", before, hub.bytes());
    }
  }

  private void report(String title, int size, BenchWorker worker, long began) {
    out.printf("%n" + title + "%n", size);
    out.printf("  completed         in %.1f s, %,d turns%n", secondsSince(began), worker.turns());
  }

  private BenchHub hub(BenchWorker worker) throws Exception {
    return new BenchHub(Files.createTempDirectory(folder, "hub"), worker);
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / NANOS;
  }
}

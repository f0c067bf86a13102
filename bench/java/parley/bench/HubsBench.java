package parley.bench;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.SendOptions;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.bench.load.Latencies;
import parley.local.eventhubs.EventHubs;
import parley.local.eventhubs.trigger.EventHubTriggers;
import parley.local.eventhubs.trigger.LocalCheckpoints;
import parley.local.eventhubs.trigger.TriggerOptions;
import parley.local.functions.DurableClients;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionInvoker;
import reactor.core.Disposable;

/** How fast the event hubs take events in and give them out, through the SDK on both sides. */
final class HubsBench {

  private static final int PARTITIONS = 4;
  private static final int IN_BATCHES = 400_000;
  private static final int BATCH = 100;
  private static final int ONE_BY_ONE = 20_000;
  private static final int CALLERS = 32;
  private static final int PACED = 2_000;
  private static final Duration PACE = Duration.ofMillis(2);
  private static final int WANTED_PER_SECOND = 1_000;
  private static final String HUB = "bench";

  /** As long as a match request. */
  private static final String BODY = "x".repeat(200);

  private final Path folder;
  private final PrintStream out;

  HubsBench(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Measures one thing after the other; returns whether the hubs are as fast as they must be. */
  boolean run() throws Exception {
    out.printf(
        "%d processors, a disk that commits %,.0f rows/s one by one%n",
        Runtime.getRuntime().availableProcessors(), Disk.commitsPerSecond(folder));
    EventHubs hubs = EventHubs.bind(0, "the-key-of-the-bench");
    try (hubs) {
      hubs.serve(
          new EventHubs.Options(
              folder.resolve("event-hubs.db"),
              List.of(HUB, BenchListener.HUB, "warm-up"),
              PARTITIONS,
              Duration.ofDays(1),
              Clock.systemUTC()));
      inBatches(hubs, "warm-up", IN_BATCHES / 4);
      double in = inBatches(hubs, HUB, IN_BATCHES);
      out.printf("%n%,d events of %d bytes, %d a batch%n", IN_BATCHES, BODY.length(), BATCH);
      out.printf("  in                %,.0f events/s%n", in);
      out.printf("  out               %,.0f events/s%n", out(hubs, IN_BATCHES));
      out.printf("  store             %,d bytes an event%n", bytes() / (IN_BATCHES * 5 / 4));
      double single = oneByOne(hubs);
      endToEnd(hubs);
      throughTrigger(hubs);
      return single >= WANTED_PER_SECOND;
    }
  }

  private double inBatches(EventHubs hubs, String hub, int events) throws Exception {
    long began = System.nanoTime();
    Callers.run(
        PARTITIONS,
        PARTITIONS,
        partition -> {
          try (EventHubProducerClient producer = builder(hubs, hub).buildProducerClient()) {
            for (int sent = 0; sent < events / PARTITIONS; sent += BATCH) {
              EventDataBatch batch =
                  producer.createBatch(
                      new CreateBatchOptions().setPartitionId(Integer.toString(partition)));
              for (int i = 0; i < BATCH; i++) {
                batch.tryAdd(new EventData(BODY));
              }
              producer.send(batch);
            }
          }
        });
    return events / seconds(began);
  }

  private double out(EventHubs hubs, int events) throws Exception {
    CountDownLatch left = new CountDownLatch(events);
    List<EventHubConsumerAsyncClient> clients = new ArrayList<>();
    List<Disposable> subscriptions = new ArrayList<>();
    long began = System.nanoTime();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      EventHubConsumerAsyncClient client =
          builder(hubs, HUB).prefetchCount(2_000).buildAsyncConsumerClient();
      clients.add(client);
      subscriptions.add(
          client
              .receiveFromPartition(Integer.toString(partition), EventPosition.earliest())
              .subscribe(event -> left.countDown()));
    }
    await(left);
    double perSecond = events / seconds(began);
    subscriptions.forEach(Disposable::dispose);
    clients.forEach(EventHubConsumerAsyncClient::close);
    return perSecond;
  }

  private double oneByOne(EventHubs hubs) throws Exception {
    Latencies latencies = new Latencies();
    try (EventHubProducerClient producer = builder(hubs, "warm-up").buildProducerClient()) {
      long began = System.nanoTime();
      Callers.run(
          CALLERS,
          ONE_BY_ONE,
          n -> {
            String id = Integer.toString(n);
            latencies.began(id);
            producer.send(
                List.of(new EventData(BODY)), new SendOptions().setPartitionKey("player-" + n));
            latencies.ended(id);
          });
      double perSecond = ONE_BY_ONE / seconds(began);
      out.printf("%n%,d events, each sent by itself by one of %d callers%n", ONE_BY_ONE, CALLERS);
      out.printf("  in                %,.0f events/s%n", perSecond);
      report("until it is on disk", latencies);
      return perSecond;
    }
  }

  private void endToEnd(EventHubs hubs) throws Exception {
    Latencies latencies = new Latencies();
    CountDownLatch left = new CountDownLatch(PACED);
    try (EventHubProducerClient producer = builder(hubs, HUB).buildProducerClient();
        EventHubConsumerAsyncClient client = builder(hubs, HUB).buildAsyncConsumerClient()) {
      long next = producer.getPartitionProperties("0").getLastEnqueuedSequenceNumber();
      Disposable subscription =
          client
              .receiveFromPartition("0", EventPosition.fromSequenceNumber(next))
              .subscribe(
                  event -> {
                    latencies.ended(event.getData().getBodyAsString());
                    left.countDown();
                  });
      paced(producer, latencies, "0");
      await(left);
      subscription.dispose();
    }
    out.printf("%n%,d events, one each %d ms%n", PACED, PACE.toMillis());
    report("from sender to receiver", latencies);
  }

  private void throughTrigger(EventHubs hubs) throws Exception {
    Latencies latencies = new Latencies();
    BenchListener listener = new BenchListener(latencies, PACED + PARTITIONS);
    EventHubTriggers triggers =
        EventHubTriggers.start(
            FunctionCatalog.of(List.of(BenchListener.class)),
            new FunctionInvoker(injector(listener), new DurableClients()),
            text -> text,
            Map.of(BenchListener.CONNECTION, hubs.connectionString()),
            TriggerOptions.DEFAULT,
            new LocalCheckpoints(hubs.log()));
    EventHubProducerClient producer = builder(hubs, BenchListener.HUB).buildProducerClient();
    try (triggers;
        producer) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        producer.send(
            List.of(new EventData("to see that it runs")),
            new SendOptions().setPartitionId(Integer.toString(partition)));
      }
      long began = System.nanoTime();
      while (listener.left() > PACED) {
        Thread.onSpinWait();
      }
      out.printf("%nA function on %d partitions%n", PARTITIONS);
      out.printf("  all of them read  %.1f s after its start%n", seconds(began));
      paced(producer, latencies, null);
      listener.await();
      report("from sender to function", latencies);
    }
  }

  private static void paced(
      EventHubProducerClient producer, Latencies latencies, String partition) {
    for (int n = 0; n < PACED; n++) {
      String id = Integer.toString(n);
      latencies.began(id);
      producer.send(
          List.of(new EventData(id)),
          partition == null
              ? new SendOptions().setPartitionKey(id)
              : new SendOptions().setPartitionId(partition));
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private void report(String what, Latencies latencies) {
    out.printf("  %-17s %s%n", what, latencies);
  }

  private static EventHubClientBuilder builder(EventHubs hubs, String hub) {
    return new EventHubClientBuilder()
        .connectionString(hubs.connectionString(), hub)
        .consumerGroup("$Default");
  }

  private static FunctionInstanceInjector injector(BenchListener listener) {
    return new FunctionInstanceInjector() {
      @Override
      public <T> T getInstance(Class<T> functionClass) {
        return functionClass.cast(listener);
      }
    };
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(latch.getCount() + " events have not come");
    }
  }

  private long bytes() throws Exception {
    return Files.size(folder.resolve("event-hubs.db"));
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}

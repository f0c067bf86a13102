package parley.bench;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Callers that start counting orchestrations and raise events, and do not mind a dead engine. */
final class CountingClients implements AutoCloseable {

  private static final int CALLERS = 8;
  private static final int EVENTS_EACH = 4;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final DurableTaskClient client;
  private final int most;
  private final long deadline;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, Set<String>> acknowledged = new ConcurrentSkipListMap<>();
  private final ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
  private final List<Future<?>> callers = new ArrayList<>();
  private volatile boolean enough;

  /**
   * Begins to call.
   *
   * @param most how many orchestrations to start at most
   * @param deadline when to give up, in {@link System#nanoTime}
   */
  CountingClients(int port, int most, long deadline) {
    this.client = new DurableTaskGrpcClientBuilder().port(port).build();
    this.most = most;
    this.deadline = deadline;
    for (int i = 0; i < CALLERS; i++) {
      callers.add(pool.submit(this::callOn));
    }
  }

  DurableTaskClient client() {
    return client;
  }

  /** Starts no more, and returns what was acknowledged: for each instance its events. */
  Map<String, Set<String>> finish() throws InterruptedException, ExecutionException {
    enough = true;
    for (Future<?> caller : callers) {
      caller.get();
    }
    return acknowledged;
  }

  private void callOn() {
    for (int n = next.getAndIncrement(); n < most && !enough; n = next.getAndIncrement()) {
      String id = String.format("count-%05d", n);
      untilAcknowledged(() -> start(id));
      Set<String> events = new LinkedHashSet<>();
      for (int i = 1; i <= EVENTS_EACH; i++) {
        raise(id, i == EVENTS_EACH ? CountingEngine.LAST : "event " + i, events);
      }
      acknowledged.put(id, events);
    }
  }

  private boolean start(String id) {
    try {
      client.scheduleNewOrchestrationInstance(
          CountingEngine.ORCHESTRATOR,
          new NewOrchestrationInstanceOptions()
              .setInstanceId(id)
              .setInput(CountingEngine.Count.none()));
      return true;
    } catch (StatusRuntimeException e) {
      // Begun by a call whose acknowledgement was cut off: it cannot have ended without its events.
      return e.getStatus().getCode() == Status.Code.ALREADY_EXISTS || rethrowUnlessDown(e);
    }
  }

  /** Each try is an event of its own, so that one which was cut off can be told from the next. */
  private void raise(String id, String event, Set<String> events) {
    AtomicInteger tries = new AtomicInteger();
    untilAcknowledged(
        () -> {
          String attempt = tries.incrementAndGet() + " " + event;
          try {
            client.raiseEvent(id, CountingEngine.EVENT, attempt);
            // The last one may have arrived before by a call that was cut off, and this one after.
            if (!event.equals(CountingEngine.LAST) || tries.get() == 1) {
              events.add(attempt);
            }
            return true;
          } catch (StatusRuntimeException e) {
            boolean ended =
                e.getStatus().getCode() == Status.Code.UNKNOWN
                    && event.equals(CountingEngine.LAST)
                    && tries.get() > 1;
            return ended || rethrowUnlessDown(e);
          }
        });
  }

  private interface Attempt {
    boolean acknowledged();
  }

  private void untilAcknowledged(Attempt attempt) {
    while (!attempt.acknowledged()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the engine has not come back in time");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private static boolean rethrowUnlessDown(StatusRuntimeException e) {
    Status.Code code = e.getStatus().getCode();
    if (code == Status.Code.UNAVAILABLE || code == Status.Code.RESOURCE_EXHAUSTED) {
      return false;
    }
    throw e;
  }

  @Override
  public void close() {
    pool.shutdownNow();
    client.close();
  }
}

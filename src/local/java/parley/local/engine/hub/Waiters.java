package parley.local.engine.hub;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Those who wait for an instance to reach a status. */
public final class Waiters {

  private static final int MOST = 10_000;

  private final Map<String, List<Waiter>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Begins to wait. Whoever gives up cancels the future.
   *
   * @throws RejectedExecutionException if too many are waiting
   */
  CompletableFuture<Void> await(String instance, Predicate<OrchestrationStatus> wanted) {
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      throw new RejectedExecutionException(MOST + " callers are waiting for instances already");
    }
    Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
    waiting.compute(
        instance,
        (id, others) -> {
          List<Waiter> all = others == null ? new CopyOnWriteArrayList<>() : others;
          all.add(waiter);
          return all;
        });
    waiter.reached.whenComplete((done, problem) -> remove(instance, waiter));
    return waiter.reached;
  }

  public void reached(String instance, OrchestrationStatus status) {
    for (Waiter waiter : waiting.getOrDefault(instance, List.of())) {
      if (waiter.wanted.test(status)) {
        waiter.reached.complete(null);
      }
    }
  }

  private void remove(String instance, Waiter waiter) {
    waiting.computeIfPresent(
        instance,
        (id, all) -> {
          all.remove(waiter);
          return all.isEmpty() ? null : all;
        });
    count.decrementAndGet();
  }

  private record Waiter(Predicate<OrchestrationStatus> wanted, CompletableFuture<Void> reached) {}
}

package parley.platform;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls to Durable Functions, which are waited for two seconds at most. The blocking client has no
 * deadline of its own, so it is waited for from outside.
 */
public final class DurableCalls implements AutoCloseable {

  private static final long WAIT_SECONDS = 2;
  private static final int THREADS = 8;

  private final ThreadPoolExecutor callers =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1_000),
          task -> {
            Thread thread = new Thread(task, "durable-calls");
            thread.setDaemon(true);
            return thread;
          });

  private DurableTaskClient client;

  public DurableCalls() {
    callers.allowCoreThreadTimeOut(true);
  }

  /** Durable Functions has not answered in time, or cannot be reached. */
  static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswerException(Throwable cause) {
      super("Durable Functions does not answer", cause);
    }
  }

  /**
   * Makes a call.
   *
   * @throws StatusRuntimeException what it was refused with
   */
  <T> T call(DurableClientContext context, Function<DurableTaskClient, T> call)
      throws NoAnswerException {
    return answer(submit(context, call));
  }

  /**
   * Makes calls side by side, and returns their answers in order.
   *
   * @throws StatusRuntimeException what one of them was refused with
   */
  <T> List<T> callAll(
      DurableClientContext context, List<? extends Function<DurableTaskClient, T>> calls)
      throws NoAnswerException {
    List<T> answers = new ArrayList<>();
    // Few at a time: each has its two seconds from when it is next.
    for (int first = 0; first < calls.size(); first += 4 * THREADS) {
      List<Future<T>> called = new ArrayList<>();
      for (Function<DurableTaskClient, T> call :
          calls.subList(first, Math.min(calls.size(), first + 4 * THREADS))) {
        called.add(submit(context, call));
      }
      for (Future<T> one : called) {
        answers.add(answer(one));
      }
    }
    return answers;
  }

  @Override
  public void close() {
    callers.shutdownNow();
    synchronized (this) {
      if (client != null) {
        client.close();
      }
    }
  }

  private <T> Future<T> submit(DurableClientContext context, Function<DurableTaskClient, T> call)
      throws NoAnswerException {
    try {
      return callers.submit(() -> call.apply(client(context)));
    } catch (RejectedExecutionException e) {
      throw new NoAnswerException(e);
    }
  }

  private static <T> T answer(Future<T> called) throws NoAnswerException {
    try {
      return called.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(e);
    } catch (TimeoutException e) {
      throw new NoAnswerException(e);
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    } finally {
      // Nobody waits any longer, so nothing may hold its thread.
      called.cancel(true);
    }
  }

  private static RuntimeException refusal(Throwable cause) throws NoAnswerException {
    if (cause instanceof StatusRuntimeException refusal
        && refusal.getStatus().getCode() == Status.Code.UNAVAILABLE) {
      throw new NoAnswerException(refusal);
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(cause);
  }

  /** One for the process: each client that a context makes opens a channel of its own. */
  private synchronized DurableTaskClient client(DurableClientContext context) {
    if (client == null) {
      client = context.getClient();
    }
    return client;
  }
}

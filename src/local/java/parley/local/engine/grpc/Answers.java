package parley.local.engine.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import parley.local.engine.store.ClosedException;

/** Answers gRPC calls that take one message and answer one. */
final class Answers {

  private final Executor executor;

  /**
   * @param executor runs what follows on a future, so that its own thread is not held up
   */
  Answers(Executor executor) {
    this.executor = executor;
  }

  /** Turns what came of a request into its answer. */
  interface Answer<T, R> {
    R from(T result) throws Exception;
  }

  <R> void now(StreamObserver<R> caller, Callable<R> answer) {
    try {
      send(caller, answer.call());
    } catch (Exception e) {
      caller.onError(status(e));
    }
  }

  /** Answers when a future completes. If the caller gives up before, the future is cancelled. */
  <T, R> void later(
      StreamObserver<R> caller, Callable<CompletableFuture<T>> request, Answer<T, R> answer) {
    try {
      CompletableFuture<T> future = request.call();
      ((ServerCallStreamObserver<R>) caller).setOnCancelHandler(() -> future.cancel(false));
      future.whenCompleteAsync(answering(caller, answer), executor);
    } catch (Exception e) {
      caller.onError(status(e));
    }
  }

  private <T, R> BiConsumer<T, Throwable> answering(StreamObserver<R> caller, Answer<T, R> answer) {
    return (result, problem) -> {
      if (problem instanceof CancellationException) {
        return; // nobody listens any more
      }
      if (problem != null) {
        caller.onError(status(problem));
      } else {
        now(caller, () -> answer.from(result));
      }
    };
  }

  private static <R> void send(StreamObserver<R> caller, R answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  private static StatusRuntimeException status(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof StatusRuntimeException known) {
      return known;
    }
    return code(cause)
        .toStatus()
        .withDescription(cause.getMessage())
        .withCause(cause)
        .asRuntimeException();
  }

  private static Status.Code code(Throwable cause) {
    if (cause instanceof ClosedException) {
      return Status.Code.UNAVAILABLE;
    }
    return cause instanceof RejectedExecutionException
        ? Status.Code.RESOURCE_EXHAUSTED
        : Status.Code.INTERNAL;
  }
}

package parley.local.engine.grpc;

import com.google.protobuf.Message;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.WorkItem;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** A program that has connected to do work, one item at a time. */
final class RemoteWorker {

  private final StreamObserver<WorkItem> stream;
  private Item item;
  private CompletableFuture<Message> answer;
  private boolean lost;

  /** What an answer is recognized by. */
  record Item(String instance, int task) {

    private static final int TURN = -1;

    static Item turnOf(String instance) {
      return new Item(instance, TURN);
    }
  }

  RemoteWorker(StreamObserver<WorkItem> stream) {
    this.stream = stream;
  }

  /** Gives it work; the future fails with {@link LostException} if it goes away before the end. */
  synchronized CompletableFuture<Message> begin(Item what, WorkItem work) {
    if (lost) {
      return CompletableFuture.failedFuture(new LostException());
    }
    item = what;
    answer = new CompletableFuture<>();
    stream.onNext(work);
    return answer;
  }

  /** Takes its answer; returns false if that is not to what it was given. */
  boolean answered(Item what, Message response) {
    CompletableFuture<Message> waiting;
    synchronized (this) {
      if (!what.equals(item)) {
        return false;
      }
      waiting = answer;
      item = null;
    }
    waiting.complete(response);
    return true;
  }

  /** It has gone away, or has begun anew. */
  void lose() {
    CompletableFuture<Message> waiting;
    synchronized (this) {
      lost = true;
      waiting = item == null ? new CompletableFuture<>() : answer;
      item = null;
    }
    waiting.completeExceptionally(new LostException());
  }

  /** Tells it that nothing more will come by this stream. */
  synchronized void dismiss() {
    stream.onCompleted();
  }

  /** The worker went away before it had answered. */
  static final class LostException extends Exception {

    private static final long serialVersionUID = 1;

    private LostException() {
      super("the worker has disconnected");
    }
  }
}

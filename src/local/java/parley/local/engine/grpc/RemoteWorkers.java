package parley.local.engine.grpc;

import com.google.protobuf.Message;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.WorkItem;
import io.grpc.stub.ServerCallStreamObserver;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import parley.local.engine.grpc.RemoteWorker.Item;
import parley.local.engine.run.Worker;
import parley.local.engine.turn.FailureException;
import parley.local.engine.turn.Failures;
import parley.local.engine.turn.Protos;

/**
 * The workers that are connected, as one. A piece of work goes to whichever of them is idle, and
 * waits while none is; whose worker goes away before the answer is given to another.
 *
 * <p>A worker is a connection: it has one stream of work items, and one item at a time, for the
 * SDK's worker runs them one after the other. If it opens another stream, it has forgotten the
 * first: so does the SDK's after an error. An answer counts only for the item that its own
 * connection was given, so one that comes late never passes for another's.
 */
public final class RemoteWorkers implements Worker {

  /** What a gRPC channel takes unless it is told otherwise. */
  private static final int LARGEST_ITEM = 4 * 1024 * 1024;

  /** How many workers may be lost over one item before it is taken for the cause. */
  private static final int MOST_LOST = 10;

  private final Map<SocketAddress, RemoteWorker> connected = new HashMap<>();
  private final Queue<RemoteWorker> idle = new ArrayDeque<>();

  /** Always: workers do not say what they have, they fail what they do not have. */
  @Override
  public boolean hasOrchestrator(String name) {
    return true;
  }

  /** Always: workers do not say what they have, they fail what they do not have. */
  @Override
  public boolean hasActivity(String name) {
    return true;
  }

  @Override
  public OrchestratorResponse orchestrate(OrchestratorRequest request) throws Exception {
    WorkItem work = WorkItem.newBuilder().setOrchestratorRequest(request).build();
    return (OrchestratorResponse) run(Item.turnOf(request.getInstanceId()), work);
  }

  @Override
  public String callActivity(ActivityRequest request) throws Exception {
    WorkItem work = WorkItem.newBuilder().setActivityRequest(request).build();
    String instance = request.getOrchestrationInstance().getInstanceId();
    ActivityResponse response =
        (ActivityResponse) run(new Item(instance, request.getTaskId()), work);
    if (response.hasFailureDetails()) {
      throw new FailureException(response.getFailureDetails());
    }
    return Protos.text(response.hasResult(), response.getResult());
  }

  /** Takes a worker's stream; whatever it had before on the same connection is given to others. */
  void connect(SocketAddress from, ServerCallStreamObserver<WorkItem> stream) {
    RemoteWorker worker = new RemoteWorker(stream);
    stream.setOnCancelHandler(() -> disconnect(from, worker));
    RemoteWorker forgotten;
    synchronized (this) {
      forgotten = connected.put(from, worker);
      idle.remove(forgotten);
      idle.add(worker);
      notify();
    }
    if (forgotten != null) {
      forgotten.lose();
      forgotten.dismiss();
    }
  }

  void answered(SocketAddress from, OrchestratorResponse response) {
    answered(from, Item.turnOf(response.getInstanceId()), response);
  }

  void answered(SocketAddress from, ActivityResponse response) {
    answered(from, new Item(response.getInstanceId(), response.getTaskId()), response);
  }

  private synchronized void answered(SocketAddress from, Item item, Message response) {
    RemoteWorker worker = connected.get(from);
    if (worker != null && worker.answered(item, response)) {
      idle.add(worker);
      notify();
    }
  }

  private void disconnect(SocketAddress from, RemoteWorker worker) {
    synchronized (this) {
      connected.remove(from, worker);
      idle.remove(worker);
    }
    worker.lose();
  }

  private Message run(Item item, WorkItem work) throws FailureException, InterruptedException {
    int size = work.getSerializedSize();
    if (size > LARGEST_ITEM) {
      throw lasting(
          "WorkItemTooLarge",
          "what the worker is to get takes " + size + " bytes, and a message has room for 4 MB");
    }
    for (int lost = 0; lost < MOST_LOST; lost++) {
      try {
        return take().begin(item, work).get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RemoteWorker.LostException)) {
          throw new IllegalStateException("a worker failed otherwise than by going away", e);
        }
      }
    }
    throw lasting("WorkerLost", MOST_LOST + " workers were lost while they did this");
  }

  private synchronized RemoteWorker take() throws InterruptedException {
    while (idle.isEmpty()) {
      wait();
    }
    return idle.remove();
  }

  private static FailureException lasting(String type, String message) {
    return new FailureException(Failures.lasting(type, message));
  }
}

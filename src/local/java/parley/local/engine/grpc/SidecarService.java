package parley.local.engine.grpc;

import com.google.protobuf.Empty;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CompleteTaskResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateInstanceRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateInstanceResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateTaskHubRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateTaskHubResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.DeleteTaskHubRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.DeleteTaskHubResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.GetInstanceRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.GetInstanceResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.GetWorkItemsRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.InstanceQuery;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.PurgeInstancesRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.PurgeInstancesResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.QueryInstancesRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.QueryInstancesResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.RaiseEventRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.RaiseEventResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ResumeRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ResumeResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.RewindInstanceRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.RewindInstanceResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SuspendRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SuspendResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TerminateRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TerminateResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.WorkItem;
import com.microsoft.durabletask.implementation.protobuf.TaskHubSidecarServiceGrpc.TaskHubSidecarServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.Reply;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Protos;

/**
 * The hub over gRPC, with the status codes of the Durable Functions extension: ALREADY_EXISTS for
 * an id in use, INTERNAL for any other start that is refused, UNKNOWN for an instance that is
 * missing or not in the state for what is asked. Of its own it adds RESOURCE_EXHAUSTED.
 */
final class SidecarService extends TaskHubSidecarServiceImplBase {

  private final TaskHub hub;
  private final Answers answers;
  private final Optional<RemoteWorkers> workers;

  /**
   * @param workers those that may connect, or empty if the work is done elsewhere
   */
  SidecarService(TaskHub hub, Answers answers, Optional<RemoteWorkers> workers) {
    this.hub = hub;
    this.answers = answers;
    this.workers = workers;
  }

  @Override
  public void hello(Empty request, StreamObserver<Empty> caller) {
    answers.now(caller, Empty::getDefaultInstance);
  }

  @Override
  public void startInstance(
      CreateInstanceRequest request, StreamObserver<CreateInstanceResponse> caller) {
    String id =
        request.getInstanceId().isEmpty() ? UUID.randomUUID().toString() : request.getInstanceId();
    NewInstance start =
        new NewInstance(
            id,
            request.getName(),
            Protos.text(request.hasVersion(), request.getVersion()),
            Protos.text(request.hasInput(), request.getInput()),
            null,
            request.hasScheduledStartTimestamp()
                ? Protos.instant(request.getScheduledStartTimestamp())
                : null);
    answers.later(
        caller,
        () -> hub.start(start),
        reply -> accepted(reply, CreateInstanceResponse.newBuilder().setInstanceId(id).build()));
  }

  @Override
  public void raiseEvent(RaiseEventRequest request, StreamObserver<RaiseEventResponse> caller) {
    String input = Protos.text(request.hasInput(), request.getInput());
    answers.later(
        caller,
        () -> hub.raise(request.getInstanceId(), request.getName(), input),
        reply -> accepted(reply, RaiseEventResponse.getDefaultInstance()));
  }

  @Override
  public void terminateInstance(
      TerminateRequest request, StreamObserver<TerminateResponse> caller) {
    String output = Protos.text(request.hasOutput(), request.getOutput());
    answers.later(
        caller,
        () -> hub.terminate(request.getInstanceId(), output),
        reply -> accepted(reply, TerminateResponse.getDefaultInstance()));
  }

  @Override
  public void suspendInstance(SuspendRequest request, StreamObserver<SuspendResponse> caller) {
    answers.later(
        caller,
        () -> hub.suspend(request.getInstanceId()),
        reply -> accepted(reply, SuspendResponse.getDefaultInstance()));
  }

  @Override
  public void resumeInstance(ResumeRequest request, StreamObserver<ResumeResponse> caller) {
    answers.later(
        caller,
        () -> hub.resume(request.getInstanceId()),
        reply -> accepted(reply, ResumeResponse.getDefaultInstance()));
  }

  @Override
  public void rewindInstance(
      RewindInstanceRequest request, StreamObserver<RewindInstanceResponse> caller) {
    answers.later(
        caller,
        () -> hub.rewind(request.getInstanceId()),
        reply -> accepted(reply, RewindInstanceResponse.getDefaultInstance()));
  }

  @Override
  public void getInstance(GetInstanceRequest request, StreamObserver<GetInstanceResponse> caller) {
    answers.now(caller, () -> state(request));
  }

  @Override
  public void waitForInstanceStart(
      GetInstanceRequest request, StreamObserver<GetInstanceResponse> caller) {
    answers.later(caller, () -> hub.started(request.getInstanceId()), reached -> state(request));
  }

  @Override
  public void waitForInstanceCompletion(
      GetInstanceRequest request, StreamObserver<GetInstanceResponse> caller) {
    answers.later(caller, () -> hub.finished(request.getInstanceId()), reached -> state(request));
  }

  @Override
  public void queryInstances(
      QueryInstancesRequest request, StreamObserver<QueryInstancesResponse> caller) {
    answers.now(caller, () -> page(request.getQuery()));
  }

  /** The hub is always there, so creating it does nothing unless it is to be emptied. */
  @Override
  public void createTaskHub(
      CreateTaskHubRequest request, StreamObserver<CreateTaskHubResponse> caller) {
    answers.later(
        caller,
        () ->
            request.getRecreateIfExists()
                ? hub.wipe()
                : CompletableFuture.completedFuture((Void) null),
        done -> CreateTaskHubResponse.getDefaultInstance());
  }

  @Override
  public void deleteTaskHub(
      DeleteTaskHubRequest request, StreamObserver<DeleteTaskHubResponse> caller) {
    answers.later(caller, hub::wipe, done -> DeleteTaskHubResponse.getDefaultInstance());
  }

  @Override
  public void purgeInstances(
      PurgeInstancesRequest request, StreamObserver<PurgeInstancesResponse> caller) {
    answers.later(
        caller,
        () -> purge(request),
        count -> PurgeInstancesResponse.newBuilder().setDeletedInstanceCount(count).build());
  }

  @Override
  public void getWorkItems(GetWorkItemsRequest request, StreamObserver<WorkItem> caller) {
    if (workers.isPresent()) {
      workers.get().connect(CallerAddress.get(), (ServerCallStreamObserver<WorkItem>) caller);
    } else {
      caller.onError(
          Status.FAILED_PRECONDITION
              .withDescription("this engine runs the functions of its own host, and no worker's")
              .asRuntimeException());
    }
  }

  // An answer that nobody waits for is taken all the same: the SDK's worker takes a refusal for the
  // end of its connection.

  @Override
  public void completeOrchestratorTask(
      OrchestratorResponse response, StreamObserver<CompleteTaskResponse> caller) {
    SocketAddress from = CallerAddress.get();
    workers.ifPresent(known -> known.answered(from, response));
    answers.now(caller, CompleteTaskResponse::getDefaultInstance);
  }

  @Override
  public void completeActivityTask(
      ActivityResponse response, StreamObserver<CompleteTaskResponse> caller) {
    SocketAddress from = CallerAddress.get();
    workers.ifPresent(known -> known.answered(from, response));
    answers.now(caller, CompleteTaskResponse::getDefaultInstance);
  }

  private CompletableFuture<Integer> purge(PurgeInstancesRequest request) {
    return request.hasPurgeInstanceFilter()
        ? hub.purge(Queries.of(request.getPurgeInstanceFilter()))
        : hub.purge(request.getInstanceId());
  }

  private GetInstanceResponse state(GetInstanceRequest request) throws InterruptedException {
    return hub.find(request.getInstanceId())
        .map(instance -> instance.toState(request.getGetInputsAndOutputs()))
        .map(state -> GetInstanceResponse.newBuilder().setExists(true).setOrchestrationState(state))
        .orElseGet(GetInstanceResponse::newBuilder)
        .build();
  }

  private QueryInstancesResponse page(InstanceQuery query) throws InterruptedException {
    return Queries.answer(hub.query(Queries.of(query)), query.getFetchInputsAndOutputs());
  }

  private static <R> R accepted(Reply reply, R answer) {
    if (reply instanceof Reply.Refused refused) {
      throw status(refused.reason()).withDescription(refused.message()).asRuntimeException();
    }
    return answer;
  }

  private static Status status(Reply.Reason reason) {
    return switch (reason) {
      case EXISTS -> Status.ALREADY_EXISTS;
      case INVALID -> Status.INTERNAL;
      case MISSING, FINISHED, ALREADY_SUSPENDED, NOT_SUSPENDED, NOT_FAILED -> Status.UNKNOWN;
    };
  }
}

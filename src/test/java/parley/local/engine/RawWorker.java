package parley.local.engine;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CompleteOrchestrationAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.GetWorkItemsRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ScheduleTaskAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.WorkItem;
import com.microsoft.durabletask.implementation.protobuf.TaskHubSidecarServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker of which a test decides when it takes, answers and goes away. */
final class RawWorker implements AutoCloseable {

  private final ManagedChannel channel;
  private final BlockingQueue<WorkItem> items = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> problems = new LinkedBlockingQueue<>();

  RawWorker(DurableEngine engine) {
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", engine.grpcPort()).usePlaintext().build();
  }

  RawWorker open() {
    TaskHubSidecarServiceGrpc.newStub(channel)
        .getWorkItems(
            GetWorkItemsRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(WorkItem item) {
                items.add(item);
              }

              @Override
              public void onError(Throwable problem) {
                problems.add(problem);
              }

              @Override
              public void onCompleted() {}
            });
    return this;
  }

  WorkItem take() throws InterruptedException {
    WorkItem item = items.poll(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (item == null) {
      throw new AssertionError("no work came");
    }
    return item;
  }

  StatusRuntimeException problem() throws InterruptedException {
    return (StatusRuntimeException)
        problems.poll(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Answers a turn with the call of an activity. */
  void call(String instance, String activity) {
    answer(
        instance,
        OrchestratorAction.newBuilder()
            .setId(0)
            .setScheduleTask(ScheduleTaskAction.newBuilder().setName(activity))
            .build());
  }

  /** Answers a turn with the end of the instance. */
  void complete(String instance, String output) {
    answer(
        instance,
        OrchestratorAction.newBuilder()
            .setId(1)
            .setCompleteOrchestration(
                CompleteOrchestrationAction.newBuilder()
                    .setOrchestrationStatus(OrchestrationStatus.ORCHESTRATION_STATUS_COMPLETED)
                    .setResult(StringValue.of(output)))
            .build());
  }

  private void answer(String instance, OrchestratorAction action) {
    TaskHubSidecarServiceGrpc.newBlockingStub(channel)
        .completeOrchestratorTask(
            OrchestratorResponse.newBuilder().setInstanceId(instance).addActions(action).build());
  }

  /** Answers the activity of {@link #call}. */
  void result(String instance, String result) {
    TaskHubSidecarServiceGrpc.newBlockingStub(channel)
        .completeActivityTask(
            ActivityResponse.newBuilder()
                .setInstanceId(instance)
                .setTaskId(0)
                .setResult(StringValue.of(result))
                .build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

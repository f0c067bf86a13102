package parley.local.engine;

import com.microsoft.durabletask.DurableTaskGrpcWorker;
import com.microsoft.durabletask.DurableTaskGrpcWorkerBuilder;
import com.microsoft.durabletask.TaskActivity;
import com.microsoft.durabletask.TaskActivityFactory;
import com.microsoft.durabletask.TaskOrchestration;
import com.microsoft.durabletask.TaskOrchestrationFactory;

/** The SDK's own standalone worker, as a program would set it up. */
final class SdkWorker implements AutoCloseable {

  private final DurableTaskGrpcWorkerBuilder builder = new DurableTaskGrpcWorkerBuilder();
  private DurableTaskGrpcWorker worker;
  private Thread thread;

  SdkWorker orchestrator(String name, TaskOrchestration code) {
    builder.addOrchestration(
        new TaskOrchestrationFactory() {
          @Override
          public String getName() {
            return name;
          }

          @Override
          public TaskOrchestration create() {
            return code;
          }
        });
    return this;
  }

  SdkWorker activity(String name, TaskActivity code) {
    builder.addActivity(
        new TaskActivityFactory() {
          @Override
          public String getName() {
            return name;
          }

          @Override
          public TaskActivity create() {
            return code;
          }
        });
    return this;
  }

  SdkWorker connect(DurableEngine engine) {
    worker = builder.port(engine.grpcPort()).build();
    thread = new Thread(worker::startAndBlock, "sdk-worker");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  @Override
  public void close() {
    worker.close();
    thread.interrupt(); // it would go on trying for ever
  }
}

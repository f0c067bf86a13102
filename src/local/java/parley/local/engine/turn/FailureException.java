package parley.local.engine.turn;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;

/** Thrown where a piece of work has failed and what is to be told of it is known already. */
public final class FailureException extends Exception {

  private static final long serialVersionUID = 1;

  private final TaskFailureDetails failure;

  public FailureException(TaskFailureDetails failure) {
    super(failure.getErrorType() + ": " + failure.getErrorMessage());
    this.failure = failure;
  }

  TaskFailureDetails failure() {
    return failure;
  }
}

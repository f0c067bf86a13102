package parley.local.engine.turn;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;

/** Makes the protocol's description of a failure. */
public final class Failures {

  private Failures() {}

  /** A failure that trying again cannot mend. */
  public static TaskFailureDetails lasting(String type, String message) {
    return TaskFailureDetails.newBuilder()
        .setErrorType(type)
        .setErrorMessage(message)
        .setIsNonRetriable(true)
        .build();
  }

  /**
   * What travels of a throwable: its root cause's short class name and message, unless it says
   * itself.
   */
  public static TaskFailureDetails of(Throwable thrown) {
    if (thrown instanceof FailureException known) {
      return known.failure();
    }
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return TaskFailureDetails.newBuilder()
        .setErrorType(root.getClass().getSimpleName())
        .setErrorMessage(message == null ? "" : message)
        .build();
  }
}

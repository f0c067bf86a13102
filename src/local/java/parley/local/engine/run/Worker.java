package parley.local.engine.run;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;

/**
 * What runs the code of orchestrators and activities.
 *
 * <p>Every method is called from several threads at once, but never twice at a time for the same
 * instance's {@link #orchestrate}. A thread is interrupted when the engine closes; whatever is
 * thrown from then on is ignored, and the work is run again at the next start.
 */
public interface Worker {

  /** Whether there is an orchestrator of that name. Names are case-sensitive. */
  boolean hasOrchestrator(String name);

  /** Whether there is an activity of that name. Names are case-sensitive. */
  boolean hasActivity(String name);

  /**
   * Runs one turn: replays the past events, plays the new ones, and answers with every action that
   * the history does not yet show.
   *
   * @param request what the sidecar protocol calls OrchestratorRequest
   * @throws Exception if the turn could not be run; the instance then fails with the root cause's
   *     short class name and message
   */
  OrchestratorResponse orchestrate(OrchestratorRequest request) throws Exception;

  /**
   * Runs an activity. It may run again for the same request: after a crash, before its result was
   * stored.
   *
   * @return its result as JSON text, or null for none
   * @throws parley.local.engine.turn.FailureException if the activity failed with what is to be
   *     told the orchestrator
   * @throws Exception if the activity failed; its root cause's short class name and message travel
   *     to the orchestrator
   */
  String callActivity(ActivityRequest request) throws Exception;
}

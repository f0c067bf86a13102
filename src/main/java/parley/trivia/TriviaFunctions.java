package parley.trivia;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.platform.HttpEdge;
import parley.platform.Instances;
import parley.platform.Problem;
import parley.platform.ProblemException;
import parley.platform.Reply;
import parley.trivia.TriviaNames.StartTrivia;

/** Starts and stops the one game. */
public final class TriviaFunctions {

  private static final Logger LOG = Logger.getLogger(TriviaFunctions.class.getName());

  private final HttpEdge edge;
  private final Instances instances;
  private final int beatSeconds;
  private final boolean autostart;

  /**
   * @param beatSeconds how long the beats last of a game that is started from now on
   * @param autostart whether the game is to run without anybody starting it
   */
  public TriviaFunctions(HttpEdge edge, Instances instances, int beatSeconds, boolean autostart) {
    this.edge = edge;
    this.instances = instances;
    this.beatSeconds = beatSeconds;
    this.autostart = autostart;
  }

  /** Which orchestration it is. Not its management URLs: they hold a key to all of them. */
  record Game(String instanceId) {}

  /** Starts the game: 202, or 409 while it runs. */
  @FunctionName("HttpStartSingle")
  public HttpResponseMessage httpStartSingle(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET, HttpMethod.POST},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "HttpStartSingle")
          HttpRequestMessage<Optional<String>> request,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.open(
        request,
        call -> {
          if (!start(durable)) {
            throw new Problem(
                    "already-running",
                    "The game is under way.",
                    409,
                    "the orchestration " + TriviaNames.GAME + " runs")
                .exception();
          }
          return Reply.of(202, new Game(TriviaNames.GAME));
        });
  }

  /** Stops the game where it is: 202, or 409 if it does not run. Its clue keeps its time. */
  @FunctionName("StopTrivia")
  public HttpResponseMessage stopTrivia(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "trivia/stop")
          HttpRequestMessage<Optional<String>> request,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.open(
        request,
        call -> {
          if (!instances.terminate(durable, TriviaNames.GAME, "stopped by POST /trivia/stop")) {
            throw new Problem(
                    "not-running",
                    "There is no game to stop.",
                    409,
                    "the orchestration " + TriviaNames.GAME + " does not run")
                .exception();
          }
          return Reply.of(202, new Game(TriviaNames.GAME));
        });
  }

  /** Starts the game where it is absent or has failed; one that was stopped stays so. */
  @FunctionName("AutostartTrivia")
  public void autostartTrivia(
      @TimerTrigger(name = "timer", schedule = "%TRIVIA_AUTOSTART_SCHEDULE%") String timer,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    if (!autostart) {
      return;
    }
    try {
      OrchestrationRuntimeStatus status =
          instances.status(durable, TriviaNames.GAME).orElse(OrchestrationRuntimeStatus.FAILED);
      if (status == OrchestrationRuntimeStatus.FAILED && start(durable)) {
        LOG.info("the trivia game is started");
      }
    } catch (ProblemException e) {
      LOG.log(Level.WARNING, "left to the next time: {0}", e.getMessage());
    }
  }

  private boolean start(DurableClientContext durable) {
    return instances.start(
        durable,
        new Instances.Start(
            TriviaNames.TRIVIA_ORCHESTRATOR, TriviaNames.GAME, new StartTrivia(beatSeconds)));
  }
}

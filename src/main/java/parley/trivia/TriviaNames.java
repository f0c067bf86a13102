package parley.trivia;

/** The names that outlive a deployment, because the running game and its clients hold them. */
public final class TriviaNames {

  public static final String TRIVIA_ORCHESTRATOR = "TriviaOrchestrator";
  public static final String GET_AND_SEND_CLUE = "GetAndSendClue";

  /** The instance id of the one game. */
  public static final String GAME = "1";

  /** The SignalR hub, and the setting that names the service. */
  static final String HUB = "trivia";

  static final String SIGNALR = "AzureSignalRConnectionString";

  /** What clients listen for. */
  static final String NEW_CLUE = "newClue";

  static final String NEW_GUESS = "newGuess";

  private TriviaNames() {}

  /**
   * What the game begins with.
   *
   * @param beatSeconds how long each beat lasts
   */
  public record StartTrivia(int beatSeconds) {}
}

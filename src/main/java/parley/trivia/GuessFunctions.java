package parley.trivia;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.signalr.SignalRConnectionInfo;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import com.microsoft.azure.functions.signalr.annotation.SignalRConnectionInfoInput;
import com.microsoft.azure.functions.signalr.annotation.SignalROutput;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.platform.HttpEdge;
import parley.platform.Problem;
import parley.platform.Reply;
import parley.trivia.Guesses.Guess;
import parley.trivia.Guesses.Outcome;
import parley.trivia.TriviaMessages.NextClue;

/** What those who play call. None of it needs a token. */
public final class GuessFunctions {

  private static final int LONGEST_GUESS = 200;

  private final HttpEdge edge;
  private final AskedClues asked;
  private final Guesses guesses;
  private final Leaderboard leaderboard;
  private final Clock clock;

  public GuessFunctions(
      HttpEdge edge, AskedClues asked, Guesses guesses, Leaderboard leaderboard, Clock clock) {
    this.edge = edge;
    this.asked = asked;
    this.guesses = guesses;
    this.leaderboard = leaderboard;
    this.clock = clock;
  }

  /**
   * What a client of SignalR connects with.
   *
   * @param currentClue the clue to guess at now; null if there is none
   */
  record Connection(String url, String accessToken, NextClue currentClue) {}

  /** Tells where and with what to connect, and what there is to guess at until the next clue. */
  @FunctionName("SignalRInfo")
  public HttpResponseMessage signalRInfo(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "SignalRInfo")
          HttpRequestMessage<Optional<String>> request,
      @SignalRConnectionInfoInput(
              name = "connection",
              connectionStringSetting = TriviaNames.SIGNALR,
              hubName = TriviaNames.HUB)
          SignalRConnectionInfo connection) {
    return edge.open(
        request,
        call -> {
          Instant now = clock.instant();
          NextClue current =
              asked
                  .last()
                  .filter(clue -> !clue.beat().isOver(now))
                  .map(clue -> NextClue.at(now, clue))
                  .orElse(null);
          return Reply.ok(new Connection(connection.url, connection.accessToken, current));
        });
  }

  /**
   * The body of a guess.
   *
   * @param sessionId what the client calls itself; whoever names the same is the same
   * @param value the guess
   */
  record GuessRequest(String sessionId, String clueId, String value) {

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    GuessRequest {
      if (sessionId == null || !SESSION.matcher(sessionId).matches()) {
        throw new IllegalArgumentException("sessionId is 1 to 64 of A-Z, a-z, 0-9, ., _, : and -");
      }
      if (clueId == null || value == null) {
        throw new IllegalArgumentException("clueId and value are texts");
      }
    }
  }

  /**
   * What became of a guess.
   *
   * @param guess the one that counts, which is the first
   * @param similarity to the answer, from 0 to 1
   */
  record Judged(
      String sessionId,
      String clueId,
      String guess,
      @JsonProperty("isCorrect") boolean correct,
      double similarity) {}

  /** Takes a guess, from a player under the player's name, and tells everybody if it was right. */
  @FunctionName("SubmitGuess")
  public HttpResponseMessage submitGuess(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "SubmitGuess")
          HttpRequestMessage<Optional<String>> request,
      @SignalROutput(
              name = "message",
              connectionStringSetting = TriviaNames.SIGNALR,
              hubName = TriviaNames.HUB)
          OutputBinding<SignalRMessage> message) {
    return edge.anybody(
        request,
        GuessRequest.class,
        call -> {
          GuessRequest body = call.body();
          if (body.value().length() > LONGEST_GUESS) {
            throw tooLong().exception();
          }
          if (body.value().isBlank()) {
            throw empty().exception();
          }
          Outcome outcome =
              guesses.submit(
                  new Guess(body.sessionId(), call.playerId(), body.clueId(), body.value()));
          if (outcome instanceof Outcome.Unknown) {
            throw Problem.notFound("no clue with this id was asked").exception();
          }
          if (outcome instanceof Outcome.Late) {
            throw late().exception();
          }
          Outcome.Counted counted = (Outcome.Counted) outcome;
          boolean correct = counted.verdict().isCorrect();
          if (counted.isNew()) {
            message.setValue(TriviaMessages.newGuess(body.clueId(), correct));
          }
          return Reply.ok(
              new Judged(
                  body.sessionId(),
                  body.clueId(),
                  counted.value(),
                  correct,
                  counted.verdict().similarity()));
        });
  }

  /** Who has the most points today. */
  @FunctionName("TriviaLeaderboard")
  public HttpResponseMessage triviaLeaderboard(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "trivia/leaderboard")
          HttpRequestMessage<Optional<String>> request) {
    return edge.open(request, call -> Reply.ok(leaderboard.today()));
  }

  private static Problem tooLong() {
    return new Problem(
        "guess-too-long",
        "No answer is that long.",
        422,
        "a guess has at most " + LONGEST_GUESS + " characters");
  }

  /** Else it would be the session's only one. */
  private static Problem empty() {
    return new Problem(
        "guess-empty", "Please type an answer.", 422, "a guess is more than white space");
  }

  private static Problem late() {
    return new Problem(
        "too-late", "The time for this clue is over.", 409, "guesses count until its beat ends");
  }
}

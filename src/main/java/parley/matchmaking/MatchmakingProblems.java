package parley.matchmaking;

import java.time.Duration;
import parley.matchmaking.rules.Bucket;
import parley.platform.Problem;
import parley.platform.ProblemException;

/** What a player is refused with. */
final class MatchmakingProblems {

  private MatchmakingProblems() {}

  static ProblemException unknownBucket(Bucket bucket) {
    return new Problem(
            "unknown-bucket",
            "Nobody can be matched with these settings.",
            422,
            "there is no bucket '" + bucket.name() + "'")
        .exception();
  }

  static ProblemException illegal(IllegalArgumentException why) {
    return new Problem("illegal-settings", "These settings are not allowed.", 422, why.getMessage())
        .exception();
  }

  static ProblemException alreadyQueued(MatchView running) {
    return new Problem(
            "already-queued", "You are looking for a match already.", 409, "a request is under way")
        .with("request", running)
        .exception();
  }

  static ProblemException alreadyMatched(MatchView request) {
    return new Problem("already-matched", "Your match is made.", 409, "there is a server for it")
        .with("request", request)
        .exception();
  }

  /** Another request of the player is just being made, elsewhere. */
  static ProblemException notYetStarted() {
    return new Problem(
            "unavailable",
            "Please try again in a moment.",
            503,
            "another request of yours is being made")
        .retryAfter(Duration.ofSeconds(2))
        .exception();
  }
}

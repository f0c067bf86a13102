package parley.bench.storm;

import java.time.Duration;
import java.util.List;

/**
 * What a storm is to do.
 *
 * @param seed of all chances
 * @param atOnce how many games are played at the same time
 * @param kills how often the app is killed, at the least
 * @param longestLife how long it serves at most before it is killed
 * @param apart whether the database is no child of the app, as in production, so that it can be
 *     gone for longer than the local host lets it
 * @param outages what befalls the stores, spread over the kills
 * @param outage how long each lasts
 * @param healing how long after it all must be well again, at most
 */
public record Plan(
    long seed,
    int games,
    int atOnce,
    int kills,
    Duration longestLife,
    boolean apart,
    List<Trouble> outages,
    Duration outage,
    Duration healing) {

  public Plan {
    outages = List.copyOf(outages);
    if (!apart && (outages.contains(Trouble.STOPPED) || outages.contains(Trouble.CRASHED))) {
      throw new IllegalArgumentException("the local host starts its own database again at once");
    }
  }

  /** How many of the outages have come once the app has been killed so often. */
  int outagesUntil(int killed) {
    return killed >= kills ? outages.size() : outages.size() * killed / kills;
  }
}

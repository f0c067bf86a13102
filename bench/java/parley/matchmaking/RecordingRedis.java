package parley.matchmaking;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import parley.platform.Redis;
import parley.platform.RedisScript;

/**
 * Redis as the pools use it, which numbers the scripts in the order in which it runs them: so it is
 * known what each of them must have seen, however many threads there are.
 */
final class RecordingRedis extends Redis {

  private static final List<String> SCRIPTS =
      List.of(
          "take",
          "place",
          "seek",
          "leave",
          "ticket",
          "open_ticket",
          "hand_over",
          "handed_over",
          "scale_out_asked",
          "sweep_players",
          "sweep_sessions",
          "sweep_buckets",
          "sweep_servers",
          "add_servers",
          "heartbeat",
          "retire",
          "stats",
          "check");

  private final Map<String, Numbered> numbered = new HashMap<>();
  private final Court court;

  /** A script of the app's, and the one that is run in its place. */
  private record Numbered(String name, RedisScript script) {}

  /**
   * @param change made to the text of each script, to see what comes of it
   */
  RecordingRedis(String url, Court court, UnaryOperator<String> change) {
    super(url);
    this.court = court;
    for (String name : SCRIPTS) {
      RedisScript script = RedisScript.of("pool", name);
      numbered.put(script.sha(), new Numbered(name, number(change.apply(script.text()))));
    }
  }

  @Override
  public Object run(RedisScript script, List<String> arguments) {
    Numbered run = numbered.get(script.sha());
    List<?> answer = (List<?>) super.run(run.script(), arguments);
    court.hear(new Ran((Long) answer.get(0), run.name(), arguments, answer.get(1)));
    return answer.get(1);
  }

  /** Runs a script that is no part of the app. */
  void runOwn(String name, String text, List<String> arguments) {
    List<?> answer = (List<?>) super.run(number(text), arguments);
    court.hear(new Ran((Long) answer.get(0), name, arguments, answer.get(1)));
  }

  private static RedisScript number(String text) {
    return RedisScript.ofText(
        "local function script()\n%s\nend\nlocal answer = script()\nreturn {redis.call('INCR', 'Storm'), answer}"
            .formatted(text));
  }
}

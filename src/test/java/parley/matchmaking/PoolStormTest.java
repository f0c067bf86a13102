package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.TestRedis;

/** The scripts under many threads, held against a model; and scripts that were made wrong. */
class PoolStormTest {

  private static final long SEED = 20_260_301;
  private static final int THREADS = 16;

  private final ByteArrayOutputStream story = new ByteArrayOutputStream();

  private boolean storm(int operations, UnaryOperator<String> change) throws Exception {
    PoolStorm.Plan plan = new PoolStorm.Plan(SEED, operations, THREADS);
    return new PoolStorm(TestRedis.fresh(), plan, new PrintStream(story, true), change).run();
  }

  @Test
  void a_storm_of_players_and_servers_goes_as_the_model_says() throws Exception {
    assertTrue(storm(100_000, UnaryOperator.identity()), story::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nobody looks at free seats         | if open[2] == 0 then | if false then",
        "a batch goes on in a full session  | seats_left[bucket] = nil |",
        "a ticket that has ended is taken   | if finished then return {'finished', finished} end |",
        "a player has two tickets           | known[1] and known[2] ~= 'matched' | false",
        "a place is given twice             | or known[2] ~= 'queued' | ",
        "who was matched can leave          | if finished then return finished end |",
        "who leaves keeps a seat            | redis.call('HINCRBY', session_key(session), 'Capacity', 1) |",
        "two sessions of a bucket are open  | while #open > 1 do | while false do",
        "the young do not wait their turn   | if since[a] ~= since[b] then return since[a] < since[b] end |",
        "a ready session is left as ready   | if not_ready(session) then | if false then",
        "a lapsed hand-over is forgotten    | ZRANGEBYSCORE', 'SessionsAllocated', '-inf' | ZRANGEBYSCORE', 'SessionsAllocated', 'inf'",
        "a lease does not lapse             | redis.call('ZADD', 'SessionsAllocated', now + lease, session) | redis.call('ZADD', 'SessionsAllocated', now + 1e9, session)",
        "a hand-over is never acknowledged  | redis.call('ZREM', 'SessionsAllocated', session) == 1 | false",
        "a server is free while it is told  | if not lease and (believed | if (believed",
        "a server is believed at once       | local believed = | local believed = true or",
        "an old session frees a server      | if session ~= '' and session ~= given then return end |",
        "a server in use stays available    | redis.call('SREM', 'ServersAvailable', server) |",
        "a retired server is given away     | withdraw(ARGV[1]) | ",
        "an old word is one of now          | elseif given ~= '' and session ~= '' and session ~= given then | elseif false then",
        "a server that is told of is lost   | if not telling_until(server) then | if true then",
        "a lost server is given away        | ZRANGEBYSCORE', 'ServersLease', '-inf' | ZRANGEBYSCORE', 'ServersLease', 'inf'",
        "a server is asked for again        | redis.call('HEXISTS', session_key(session), 'ScaleOutAt') == 0 | true",
        "a server is never asked for        | redis.call('ZADD', 'SessionsToScaleOut', now, session) |",
      })
  void a_storm_finds_out_that(String what, String right, String wrong) throws Exception {
    AtomicBoolean planted = new AtomicBoolean();
    UnaryOperator<String> bug =
        script -> {
          planted.compareAndSet(false, script.contains(right));
          return script.replace(right, wrong == null ? "" : wrong);
        };

    // What threads do to each other is chance: not each storm comes to each place.
    boolean holds = true;
    for (int storms = 0; holds && storms < 5; storms++) {
      holds = storm(20_000, bug);
    }

    assertTrue(planted.get(), "no script has: " + right);
    assertFalse(holds, what);
  }
}

package parley.bench.load;

import java.util.concurrent.TimeUnit;

/** A player who asks for a match, and looks again and again until there is a server. */
final class Seeker implements Visit {

  private static final String REQUESTS = "/api/matchmaking/requests";

  private final Player player;
  private final String body;
  private final long lookEvery;
  private long began;
  private long beganAt;
  private boolean asked;
  private long answeredAfter;
  private long placedAfter;
  private long matchedAfter;
  private int looks;
  private String session;
  private String server;

  /**
   * @param mode names the bucket, with others of the same
   * @param lookEvery nanoseconds from an answer to the next look
   */
  Seeker(Player player, String mode, long lookEvery) {
    this.player = player;
    this.body = "{\"settings\":{\"mode\":\"%s\",\"region\":\"eu\"}}".formatted(mode);
    this.lookEvery = lookEvery;
  }

  @Override
  public void comes(long nanos) {
    began = nanos;
    beganAt = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  @Override
  public Request request() {
    if (asked) {
      looks++;
      return Request.get(REQUESTS + "/" + player.id(), player.token());
    }
    return Request.post(REQUESTS, player.token(), body);
  }

  @Override
  public long next(Talk.Answer answer) {
    long now = System.nanoTime();
    long after = now - began;
    if (asked) {
      answer.expect(200);
    } else {
      answer.expect(202);
      asked = true;
      answeredAfter = after;
    }
    String status = answer.text("status");
    if (placedAfter == 0 && !status.equals("queued")) {
      placedAfter = after;
    }
    if (status.equals("matched")) {
      matchedAfter = after;
      session = answer.text("sessionId");
      server = answer.text("server");
      return OVER;
    }
    if (!status.equals("queued") && !status.equals("searching")) {
      throw new IllegalStateException("not matched: " + answer);
    }
    return now + lookEvery;
  }

  String session() {
    return session;
  }

  String server() {
    return server;
  }

  /** When it asked, or should have, in UNIX milliseconds. */
  long beganAt() {
    return beganAt;
  }

  /** Nanoseconds until its request was answered. */
  long answeredAfter() {
    return answeredAfter;
  }

  /** Nanoseconds until it saw that it had a seat. */
  long placedAfter() {
    return placedAfter;
  }

  /** Nanoseconds until it saw its server. */
  long matchedAfter() {
    return matchedAfter;
  }

  /** How often it looked. */
  int looks() {
    return looks;
  }
}

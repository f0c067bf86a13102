package parley.bench.load;

/** What somebody does who comes at a time, asks, and looks in again now and then. */
interface Visit {

  /** What {@link #next} returns when all is said. */
  long OVER = Long.MIN_VALUE;

  /** It is this time, of {@link System#nanoTime}, when the first request should be sent. */
  void comes(long nanos);

  /** The request that is due. */
  Request request();

  /** Takes the answer; returns when the next request is due, by {@link System#nanoTime}. */
  long next(Talk.Answer answer);
}

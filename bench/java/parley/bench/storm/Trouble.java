package parley.bench.storm;

/** What is done to the stores behind the app. */
public enum Trouble {
  /** MariaDB stands still for a while (SIGSTOP). */
  FROZEN,

  /** MariaDB is ended in good order, and started again at once by whoever had started it. */
  ENDED,

  /** The same by {@code kill -9}. */
  KILLED,

  /** MariaDB is ended in good order and is gone for a while; only where it is apart. */
  STOPPED,

  /** The same by {@code kill -9}. */
  CRASHED,

  /** Each commit of the durable engine waits some hundred milliseconds, for a while. */
  SLOW_STORE,

  /** No commit of the durable engine gets through for longer than it cares to wait. */
  BLOCKED_STORE;

  /** Whether it is the engine's store that suffers, so that players have nothing to notice. */
  boolean ofTheEngine() {
    return this == SLOW_STORE || this == BLOCKED_STORE;
  }
}

package parley.local.engine.store;

/** What the hub says to a request: done, or why not. */
public sealed interface Reply {

  /** It is done, and durable. */
  record Done() implements Reply {}

  /**
   * It is not done, and nothing has changed.
   *
   * @param message for a person to read; names the instance
   */
  record Refused(Reason reason, String message) implements Reply {}

  /** Why a request is refused. */
  enum Reason {
    INVALID,
    EXISTS,
    MISSING,
    FINISHED,
    ALREADY_SUSPENDED,
    NOT_SUSPENDED,
    NOT_FAILED
  }

  static Reply refused(Reason reason, String message) {
    return new Refused(reason, message);
  }
}

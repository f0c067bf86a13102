package parley.platform;

/** What is at the bottom of a failure. */
public final class RootCause {

  private RootCause() {}

  /** The cause that has no cause; the failure itself if it has none. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The first line of what the root cause says, or its class if it says nothing. */
  public static String line(Throwable failure) {
    Throwable root = of(failure);
    String message = root.getMessage() == null ? "" : root.getMessage().strip();
    return message.isEmpty() ? root.getClass().getSimpleName() : message.lines().toList().get(0);
  }
}

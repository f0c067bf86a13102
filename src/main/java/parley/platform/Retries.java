package parley.platform;

import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.TaskOptions;
import java.time.Duration;

/** How often an orchestration has an activity tried again. */
public final class Retries {

  /**
   * From half a second to 30 s apart, for more than an hour. They grow apart so slowly that the
   * next try is never further off than a tenth of the time that it took so far, and half a second:
   * after a short outage everything goes on soon, and a long one leaves no long history.
   */
  public static final TaskOptions PATIENT =
      new TaskOptions(
          new RetryPolicy(200, Duration.ofMillis(500))
              .setBackoffCoefficient(1.1)
              .setMaxRetryInterval(Duration.ofSeconds(30)));

  private Retries() {}
}

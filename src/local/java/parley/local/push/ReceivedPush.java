package parley.local.push;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A notification that was sent, and whom it reached.
 *
 * @param number from 1, without end
 * @param tag the expression that it was sent to; null for everybody
 * @param installations the ids of those that it reached
 */
public record ReceivedPush(
    long number,
    Instant time,
    String tag,
    String format,
    String collapseKey,
    String title,
    String body,
    Map<String, String> data,
    List<String> installations) {}

package parley.local.push;

import java.time.Duration;

/**
 * What the service answers instead of serving, for tests.
 *
 * @param retryAfter null for no such header
 */
record Trouble(int status, Duration retryAfter) {}

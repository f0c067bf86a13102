package parley.local.eventhubs.log;

/**
 * From where to where a partition reaches.
 *
 * @param first the sequence number of the oldest event that is kept
 * @param next the sequence number that the next event will get; equal to {@code first} if there is
 *     no event
 * @param lastOffset the offset of the newest event, also after it was purged; -1 if there never was
 *     one
 * @param nextOffset the offset that the next event will get
 * @param lastEnqueuedAt when the newest event came, in milliseconds since 1970; 0 if none ever did
 */
public record Extent(long first, long next, long lastOffset, long nextOffset, long lastEnqueuedAt) {

  static final Extent NOTHING = new Extent(0, 0, -1, 0, 0);

  /** Whether no event is kept. */
  public boolean isEmpty() {
    return first == next;
  }

  /** The sequence number of the newest event, also after it was purged; -1 if there was none. */
  public long last() {
    return next - 1;
  }

  /** With one more event of that size. Time in it never goes back, whatever the clock does. */
  Extent with(int bytes, long now) {
    return new Extent(
        first, next + 1, nextOffset, nextOffset + bytes, Math.max(now, lastEnqueuedAt));
  }

  Extent startingAt(long oldest) {
    return new Extent(oldest, next, lastOffset, nextOffset, lastEnqueuedAt);
  }
}

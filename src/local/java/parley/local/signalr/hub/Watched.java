package parley.local.signalr.hub;

/** Something that must not last for ever. */
public interface Watched {

  /**
   * Called every now and then, and must not wait.
   *
   * @param now as {@link System#nanoTime} gives it
   */
  void look(long now);
}

package parley.local.eventhubs.log;

/** A partition of a hub: events in the order of their arrival. */
public final class Partition {

  private final long id;
  private final String hub;
  private final int number;
  private volatile Extent extent;

  Partition(long id, String hub, int number, Extent extent) {
    this.id = id;
    this.hub = hub;
    this.number = number;
    this.extent = extent;
  }

  /** What the store knows it by. */
  long id() {
    return id;
  }

  /** The hub that it belongs to. */
  public String hub() {
    return hub;
  }

  /** Counted from 0. */
  public int number() {
    return number;
  }

  /** What is in it, and durable. */
  public Extent extent() {
    return extent;
  }

  /** Called by the writer, once it is durable. */
  void reaches(Extent newExtent) {
    extent = newExtent;
  }

  @Override
  public String toString() {
    return hub + "/" + number;
  }
}

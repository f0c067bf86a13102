package parley.local.eventhubs.node;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Sender;
import parley.local.eventhubs.log.Partition;
import parley.local.eventhubs.log.Position;
import parley.local.eventhubs.log.PositionException;
import parley.local.eventhubs.log.StoredEvent;
import parley.local.eventhubs.message.Outgoing;

/** Gives a consumer the events of a partition, as they come and as it has room for them. */
final class FeedEnd implements LinkEnd, Epochs.Reader {

  private static final int MOST_EVENTS_READ = 500;
  private static final int MOST_BYTES_READ = 256 << 10;

  /** What may wait in the session for the socket, or the client's window. */
  private static final int MOST_BYTES_UNSENT = 512 << 10;

  private static final int MOST_UNSETTLED = 10_000;
  private static final long UNKNOWN = -1;

  private final Namespace namespace;
  private final Sender link;
  private final Partition partition;
  private final Terms terms;
  private final Runnable again;
  private final Outgoing outgoing = new Outgoing();
  private final Deque<StoredEvent> read = new ArrayDeque<>();
  private long next = UNKNOWN;
  private boolean reading;
  private long tags;

  /**
   * What a consumer has asked for.
   *
   * @param path the token path that it needs
   * @param epoch its owner level, or null
   * @param tracksEnd whether it wants to know with each event where the partition ends
   */
  record Terms(String group, String path, Position start, Long epoch, boolean tracksEnd) {}

  /**
   * Takes a seat at the partition, and looks for the start.
   *
   * @throws Refusal if somebody with a higher epoch reads it, or too many do
   */
  FeedEnd(Namespace namespace, Sender link, Partition partition, Terms terms, Runnable again)
      throws Refusal {
    this.namespace = namespace;
    this.link = link;
    this.partition = partition;
    this.terms = terms;
    this.again = again;
    namespace.epochs().enter(partition, terms.group(), this);
    namespace.follow(partition, this);
    link.open();
    namespace.log().find(partition, terms.start()).whenCompleteAsync(this::found, namespace.loop());
  }

  @Override
  public String path() {
    return terms.path();
  }

  @Override
  public Long epoch() {
    return terms.epoch();
  }

  @Override
  public void stolen(Refusal why) {
    close(why);
    wake();
  }

  /** Has the socket look whether there is something to send. */
  void wake() {
    again.run();
  }

  private void found(Long first, Throwable failure) {
    if (failure instanceof PositionException) {
      close(Refusal.outOfRange(failure.getMessage()));
    } else if (failure != null) {
      close(Refusal.internal(failure.getMessage()));
    } else {
      next = first;
    }
    wake();
  }

  @Override
  public void pump() {
    if (next == UNKNOWN || link.getLocalState() != EndpointState.ACTIVE) {
      return;
    }
    while (!read.isEmpty() && hasRoom()) {
      send(read.remove());
    }
    boolean more = next < partition.extent().next();
    if (more && read.isEmpty() && !reading && hasRoom()) {
      read();
    } else if (!more && read.isEmpty() && link.getDrain()) {
      link.drained();
    }
  }

  private boolean hasRoom() {
    // Credit counts what was not yet written, too.
    return link.getCredit() > 0
        && link.getUnsettled() < MOST_UNSETTLED
        && link.getSession().getOutgoingBytes() < MOST_BYTES_UNSENT;
  }

  private void read() {
    reading = true;
    int most = Math.min(link.getCredit(), MOST_EVENTS_READ);
    namespace
        .log()
        .read(partition, next, most, MOST_BYTES_READ)
        .whenCompleteAsync(this::read, namespace.loop());
  }

  private void read(List<StoredEvent> events, Throwable failure) {
    reading = false;
    if (failure != null) {
      close(Refusal.internal(failure.getMessage()));
    } else if (events.isEmpty()) {
      next = Math.max(next, partition.extent().first()); // what was there was purged meanwhile
    } else {
      read.addAll(events);
      next = events.get(events.size() - 1).sequence() + 1;
    }
    wake();
  }

  private void send(StoredEvent event) {
    byte[] bytes = outgoing.write(event, terms.tracksEnd() ? partition.extent() : null);
    Delivery delivery = link.delivery(ByteBuffer.allocate(Long.BYTES).putLong(tags++).array());
    link.send(bytes, 0, bytes.length);
    if (link.getSenderSettleMode() == SenderSettleMode.SETTLED) {
      delivery.settle();
    }
    link.advance();
  }

  /** The consumer has said what it made of an event: that is all that anybody wants to know. */
  @Override
  public void delivery(Delivery delivery) {
    if (delivery.remotelySettled() || delivery.getRemoteState() != null) {
      delivery.settle();
    }
  }

  @Override
  public void closed() {
    namespace.epochs().leave(partition, terms.group(), this);
    namespace.unfollow(partition, this);
  }

  private void close(Refusal why) {
    if (link.getLocalState() == EndpointState.ACTIVE) {
      Links.close(link, why);
      closed();
    }
  }
}

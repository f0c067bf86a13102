package parley.local.eventhubs.node;

import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Receiver;
import parley.local.eventhubs.log.Hub;
import parley.local.eventhubs.log.Partition;
import parley.local.eventhubs.message.Incoming;
import parley.local.eventhubs.message.MessageException;

/** Takes events in from a producer. It says that it has accepted one when that one is on disk. */
final class IngestEnd implements LinkEnd {

  static final int MOST_BYTES = 1 << 20;
  private static final int CREDIT = 500;

  /** Room for the largest message, and then some. */
  private static final int SESSION_BYTES = 4 << 20;

  private final Namespace namespace;
  private final Receiver link;
  private final Hub hub;
  private final Partition fixed;
  private final String path;
  private final Runnable again;
  private final Incoming incoming = new Incoming();

  /**
   * @param fixed where all events go, or null where their keys say so
   */
  IngestEnd(
      Namespace namespace, Receiver link, Hub hub, Partition fixed, String path, Runnable again) {
    this.namespace = namespace;
    this.link = link;
    this.hub = hub;
    this.fixed = fixed;
    this.path = path;
    this.again = again;
    link.getSession().setIncomingCapacity(SESSION_BYTES);
    link.setMaxMessageSize(UnsignedLong.valueOf(MOST_BYTES));
    link.open();
    link.flow(CREDIT);
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public void delivery(Delivery changed) {
    for (Delivery next = link.current(); next != null; next = link.current()) {
      if (next.pending() > MOST_BYTES) {
        Links.close(link, Refusal.tooLarge(MOST_BYTES));
        return;
      }
      if (next.isPartial() && !next.isAborted()) {
        return;
      }
      take(next);
    }
  }

  private void take(Delivery delivery) {
    byte[] bytes = new byte[delivery.pending()];
    link.recv(bytes, 0, bytes.length);
    link.advance();
    link.flow(1);
    if (delivery.isAborted()) {
      delivery.settle();
      return;
    }
    try {
      Incoming.Batch batch = incoming.read(bytes, delivery.getMessageFormat());
      Partition partition =
          fixed == null ? namespace.partitionFor(hub, batch.partitionKey()) : fixed;
      namespace
          .log()
          .append(partition, batch.events())
          .whenCompleteAsync((done, failure) -> end(delivery, failure), namespace.loop());
    } catch (MessageException e) {
      settle(delivery, Refusal.malformed(e.getMessage()).rejected());
    }
  }

  private void end(Delivery delivery, Throwable failure) {
    settle(
        delivery,
        failure == null
            ? Accepted.getInstance()
            : Refusal.internal(failure.getMessage()).rejected());
    again.run();
  }

  private void settle(Delivery delivery, DeliveryState state) {
    if (link.getLocalState() == EndpointState.ACTIVE) {
      delivery.disposition(state);
      delivery.settle();
    }
  }
}

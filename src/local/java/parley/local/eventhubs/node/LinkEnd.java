package parley.local.eventhubs.node;

import org.apache.qpid.proton.engine.Delivery;

/** What is at this end of a link. */
interface LinkEnd {

  /** A delivery has come, or the other end has said something of one. */
  void delivery(Delivery delivery);

  /** Sends what there is to send and room for. */
  default void pump() {}

  /** The token path that the link needs as long as it lives; null if it needs none. */
  String path();

  /** The link is gone. */
  default void closed() {}
}

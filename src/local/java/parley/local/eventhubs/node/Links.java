package parley.local.eventhubs.node;

import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;

/** What is done with a link, whatever it is for. */
final class Links {

  private Links() {}

  /** Answers a link that was asked for with what was asked for. */
  static void confirm(Link link) {
    link.setSource(link.getRemoteSource());
    link.setTarget(link.getRemoteTarget());
    link.setSenderSettleMode(link.getRemoteSenderSettleMode());
    link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
  }

  /** Ends a link, or one that was just asked for, and says why. */
  static void close(Link link, Refusal why) {
    if (link.getLocalState() == EndpointState.UNINITIALIZED) {
      // Without a source and a target, which means that it will not last.
      link.setSource(null);
      link.setTarget(null);
      link.open();
    }
    link.setCondition(why.error());
    link.close();
  }
}

package parley.local.eventhubs.net;

import org.apache.qpid.proton.engine.Event;

/** What is at this end of a connection. All calls come from the loop's thread. */
public interface Peer {

  /** Takes what the other end has done. */
  void handle(Event event);

  /** Sends what there is to send and room for. */
  void pump();

  /** Looks at what time has ended; called each second. */
  void tick();

  /** Whether the other end has shown that it may be here. */
  boolean isTrusted();

  /** The connection is gone. */
  void closed();

  /** Makes one for each connection. */
  interface Factory {

    /**
     * @param again has the socket look for what is to be done, soon; from any thread
     */
    Peer peer(Runnable again);
  }
}

package parley.local.signalr.client;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import parley.local.signalr.hub.Wire;

/** A session of Jetty's as the wire of a connection. */
final class SessionWire implements Wire {

  private final Session session;

  SessionWire(Session session) {
    this.session = session;
  }

  @Override
  public void send(String text, Runnable done) {
    // A socket that breaks tells its listener, so a failure here needs no word of its own.
    session.sendText(text, Callback.from(done, failure -> session.disconnect()));
  }

  @Override
  public void ping() {
    session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
  }

  @Override
  public void close() {
    session.close(StatusCode.NORMAL, null, Callback.NOOP);
  }

  @Override
  public void cut() {
    session.disconnect();
  }

  /** Sends a last text to a client that has come no further, and ends. */
  void refuse(String text) {
    send(text, this::close);
  }
}

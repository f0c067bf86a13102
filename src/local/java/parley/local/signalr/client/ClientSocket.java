package parley.local.signalr.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import parley.local.signalr.hub.Connection;
import parley.local.signalr.hub.Hub;
import parley.local.signalr.hub.Times;
import parley.local.signalr.hub.Watch;
import parley.local.signalr.hub.Watched;
import parley.local.signalr.protocol.Frames;
import parley.local.signalr.protocol.Handshake;
import parley.local.signalr.protocol.Incoming;
import parley.local.signalr.protocol.Outgoing;
import parley.local.signalr.protocol.ProtocolException;

/**
 * The WebSocket of one client: first its handshake, then a connection of its hub. Public, because
 * Jetty calls nothing else.
 */
public final class ClientSocket implements Session.Listener.AutoDemanding, Watched {

  /** What one message of a client may have, in characters. */
  static final int MESSAGE_LIMIT = 32 << 10;

  /** In serverless mode without an upstream nobody is there to call. */
  private static final String NO_SERVER =
      "no server takes calls from clients here; send what you have to say over HTTP";

  private final String id;
  private final Optional<String> userId;
  private final Hub hub;
  private final Times times;
  private final Watch watch;
  private final AtomicInteger open;
  private final AtomicBoolean gone = new AtomicBoolean();
  private final Frames frames = new Frames(MESSAGE_LIMIT);
  private final long openedAt = System.nanoTime();
  private SessionWire wire;
  private Connection connection;

  /**
   * @param open counts the sockets that are
   */
  ClientSocket(
      String id, Optional<String> userId, Hub hub, Times times, Watch watch, AtomicInteger open) {
    this.id = id;
    this.userId = userId;
    this.hub = hub;
    this.times = times;
    this.watch = watch;
    this.open = open;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    wire = new SessionWire(session);
    open.incrementAndGet();
    watch.add(this);
  }

  @Override
  public synchronized void onWebSocketText(String text) {
    if (gone.get()) {
      return;
    }
    try {
      for (String message : frames.take(text)) {
        if (connection == null) {
          shakeHands(message);
        } else {
          hear(Incoming.read(message));
        }
      }
    } catch (ProtocolException e) {
      end(e.getMessage());
    }
  }

  /** Takes the text in them: the published Java client sends all its JSON so. */
  @Override
  public synchronized void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      callback.succeed();
      onWebSocketText(text);
    } catch (CharacterCodingException e) {
      callback.succeed();
      end("a message is no UTF-8");
    }
  }

  @Override
  public synchronized void onWebSocketPong(ByteBuffer bytes) {
    if (connection != null) {
      connection.socketLives();
    }
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    leave();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // What is wrong with a client is its own matter; Jetty closes the socket after this.
    leave();
  }

  /** Waits for the handshake, no longer than that. */
  @Override
  public void look(long now) {
    if (now - openedAt > times.handshake().toNanos()) {
      watch.remove(this);
      wire.refuse(Handshake.refused("Handshake was canceled."));
    }
  }

  private void shakeHands(String message) throws ProtocolException {
    Handshake.check(message);
    watch.remove(this);
    connection = new Connection(id, userId, wire, times);
    watch.add(connection);
    if (!hub.add(connection)) {
      connection.close("another connection has this id", false);
    }
    // Once the client hears that it is accepted, everything that is sent reaches it.
    connection.open(Handshake.ACCEPTED);
    if (gone.get()) {
      forget();
    }
  }

  private void hear(Incoming message) {
    connection.heard(message instanceof Incoming.Ping);
    if (message instanceof Incoming.Call call) {
      call.id().ifPresent(waits -> connection.send(Outgoing.failed(waits, NO_SERVER)));
    } else if (message instanceof Incoming.Close) {
      connection.close(null, false);
    }
  }

  private void end(String why) {
    if (connection == null) {
      watch.remove(this);
      wire.refuse(Handshake.refused(why));
    } else {
      connection.close(why, false);
    }
  }

  private void leave() {
    if (wire != null && gone.compareAndSet(false, true)) {
      watch.remove(this);
      open.decrementAndGet();
      synchronized (this) {
        forget();
      }
    }
  }

  private void forget() {
    if (connection != null) {
      watch.remove(connection);
      hub.remove(connection);
    }
  }
}

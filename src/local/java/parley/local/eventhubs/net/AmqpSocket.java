package parley.local.eventhubs.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.engine.TransportException;

/**
 * One connection: carries bytes between a socket and AMQP, and what AMQP makes of them to a peer.
 */
final class AmqpSocket {

  private static final Logger LOG = System.getLogger(AmqpSocket.class.getName());

  private static final int MOST_FRAME_BYTES = 64 << 10;
  private static final int MOST_CHANNELS = 256;
  private static final int IDLE_MILLIS = 120_000;

  /** Afterwards it is the others' turn. */
  private static final int MOST_ROUNDS = 16;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Loop loop;
  private final Consumer<AmqpSocket> gone;
  private final long since = Loop.millis();
  private final Transport transport = Transport.Factory.create();
  private final Connection connection = Proton.connection();
  private final Collector collector = Proton.collector();
  private final Peer peer;
  private boolean queued;
  private boolean broken;
  private boolean dropped;

  private AmqpSocket(
      SocketChannel channel,
      SelectionKey key,
      Loop loop,
      Peer.Factory peers,
      Consumer<AmqpSocket> gone) {
    this.channel = channel;
    this.key = key;
    this.loop = loop;
    this.gone = gone;
    peer = peers.peer(() -> loop.execute(this::workSoon));
    transport.setMaxFrameSize(MOST_FRAME_BYTES);
    transport.setChannelMax(MOST_CHANNELS - 1);
    transport.setIdleTimeout(IDLE_MILLIS);
    SaslServer.on(transport);
    connection.collect(collector);
    transport.bind(connection);
  }

  static AmqpSocket open(
      SocketChannel channel,
      Selector selector,
      Loop loop,
      Peer.Factory peers,
      Consumer<AmqpSocket> gone)
      throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    AmqpSocket socket = new AmqpSocket(channel, key, loop, peers, gone);
    key.attach(socket);
    return socket;
  }

  /** When it was opened, by the loop's clock. */
  long since() {
    return since;
  }

  boolean isTrusted() {
    return peer.isTrusted();
  }

  /** Reads what has come, and does what is to be done about it. */
  void read() {
    try {
      int room = transport.capacity();
      int read = room > 0 ? channel.read(transport.tail()) : room;
      if (read < 0) {
        transport.close_tail();
      } else {
        transport.process();
      }
    } catch (TransportException e) {
      // What came is no AMQP. The transport tells the other end in its own way, if it can.
      broken = true;
      LOG.log(Level.DEBUG, "a client was cut off: {0}", e.getMessage());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      failed(e);
      return;
    }
    work();
  }

  private void workSoon() {
    if (!queued) {
      queued = true;
      // Once for all that has happened in this round of the loop.
      loop.execute(
          () -> {
            queued = false;
            work();
          });
    }
  }

  /** Hands on what has happened, and writes what there is to write and room for. */
  void work() {
    if (dropped) {
      return;
    }
    try {
      int rounds = 0;
      boolean moved = true;
      while (moved && rounds < MOST_ROUNDS) {
        dispatch();
        peer.pump();
        dispatch();
        moved = write();
        rounds++;
      }
      int pending = transport.pending();
      if (pending < 0 || pending == 0 && (broken || transport.capacity() < 0)) {
        drop(); // nothing more will come, and everything is said
        return;
      }
      if (moved) {
        workSoon();
      }
      listen(SelectionKey.OP_WRITE, pending > 0 && !moved);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      failed(e);
    }
  }

  /** Stops or takes up reading; a client that is not read from stops sending by itself. */
  void pause(boolean pause) {
    if (!dropped) {
      listen(SelectionKey.OP_READ, !pause);
    }
  }

  void tick(long now) {
    peer.tick();
    transport.tick(now);
    work();
  }

  /** Ends the connection, telling the other end why. */
  void end(String why) {
    connection.setCondition(new ErrorCondition(Symbol.valueOf("amqp:connection:forced"), why));
    connection.close();
    work();
    drop();
  }

  /** Ends the connection without a word. */
  void drop() {
    if (dropped) {
      return;
    }
    dropped = true;
    gone.accept(this);
    peer.closed();
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a connection failed", e);
    }
  }

  private void dispatch() {
    for (Event event = collector.peek(); event != null; event = collector.peek()) {
      if (event.getType() == Event.Type.CONNECTION_REMOTE_OPEN) {
        connection.setContainer("parley");
        connection.open();
      } else if (event.getType() == Event.Type.CONNECTION_REMOTE_CLOSE) {
        connection.close();
      } else if (connection.getRemoteState() != EndpointState.UNINITIALIZED) {
        peer.handle(event);
      }
      collector.pop();
    }
  }

  /** Returns whether anything could be written, and everything that was there. */
  private boolean write() throws IOException {
    boolean wrote = false;
    while (transport.pending() > 0) {
      int bytes = channel.write(transport.head());
      if (bytes == 0) {
        return false;
      }
      transport.pop(bytes);
      wrote = true;
    }
    return wrote;
  }

  private void listen(int operation, boolean on) {
    if (key.isValid()) {
      key.interestOps(on ? key.interestOps() | operation : key.interestOps() & ~operation);
    }
  }

  private void failed(Throwable why) {
    Level level = why instanceof IOException ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "a connection to the event hubs was dropped: {0}", why);
    LOG.log(Level.DEBUG, "for this reason", why);
    drop();
  }
}

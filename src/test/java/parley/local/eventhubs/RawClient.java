package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.message.Message;

/** AMQP without an SDK that would not do what is wrong, or would do it again. */
final class RawClient implements AutoCloseable {

  private final SocketChannel socket;
  private final Transport transport = Transport.Factory.create();
  private final Session session;
  private int tags;

  RawClient(int port) throws IOException {
    socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.socket().setSoTimeout((int) TestHubs.PATIENCE.toMillis());
    transport.sasl().client();
    transport.sasl().setMechanisms("ANONYMOUS");
    Connection connection = Proton.connection();
    connection.setHostname("localhost");
    connection.setContainer("raw");
    transport.bind(connection);
    connection.open();
    session = connection.session();
    session.open();
    until(() -> session.getRemoteState() == EndpointState.ACTIVE);
  }

  /** Opens more sessions. */
  List<Session> sessions(int count) {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Session more = session.getConnection().session();
      more.open();
      sessions.add(more);
    }
    return sessions;
  }

  Sender sender(String address) {
    Sender sender = session.sender("sender-" + tags++);
    Target target = new Target();
    target.setAddress(address);
    sender.setTarget(target);
    sender.setSource(new Source());
    sender.open();
    return sender;
  }

  Receiver receiver(String address, String replyTo) {
    Receiver receiver = session.receiver("receiver-" + tags++);
    Source source = new Source();
    source.setAddress(address);
    Target target = new Target();
    target.setAddress(replyTo);
    receiver.setSource(source);
    receiver.setTarget(target);
    receiver.open();
    receiver.flow(10);
    return receiver;
  }

  /** Puts a token, and returns the status of the answer. */
  int putToken(String token, String audience) throws IOException {
    Sender requests = sender("$cbs");
    Receiver replies = receiver("$cbs", "replies");
    Message request = Proton.message();
    request.setMessageId("1");
    request.setReplyTo("replies");
    request.setApplicationProperties(
        new ApplicationProperties(
            Map.of(
                "operation", "put-token",
                "type", "servicebus.windows.net:sastoken",
                "name", audience)));
    request.setBody(new AmqpValue(token));
    byte[] bytes = new byte[4096];
    int length = request.encode(bytes, 0, bytes.length);
    until(() -> requests.getCredit() > 0);
    send(requests, bytes, length, 0);
    until(() -> replies.current() != null && !replies.current().isPartial());
    length = replies.recv(bytes, 0, bytes.length);
    Message reply = Proton.message();
    reply.decode(bytes, 0, length);
    return (int) reply.getApplicationProperties().getValue().get("status-code");
  }

  Delivery send(Sender sender, byte[] bytes, int length, int format) {
    Delivery delivery = sender.delivery(ByteBuffer.allocate(Integer.BYTES).putInt(tags++).array());
    delivery.setMessageFormat(format);
    sender.send(bytes, 0, length);
    sender.advance();
    return delivery;
  }

  /** Writes and reads until a condition holds; fails if the connection ends before. */
  void until(BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + TestHubs.PATIENCE.toNanos();
    socket.configureBlocking(false);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it has not come to that");
      turn();
    }
  }

  /** Writes and reads until the other end has closed the connection. */
  void untilClosed() throws IOException {
    until(() -> transport.capacity() < 0);
  }

  private void turn() throws IOException {
    while (transport.pending() > 0) {
      transport.pop(socket.write(transport.head()));
    }
    if (transport.capacity() > 0) {
      int read = socket.read(transport.tail());
      if (read < 0) {
        transport.close_tail();
      } else if (read > 0) {
        transport.process();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.eventhubs.message.Incoming;
import parley.local.eventhubs.sas.Tokens;

/** What a broken or evil client does, and that the others do not notice. */
class HostileClientTest {

  @TempDir private Path folder;
  private TestHubs hubs;

  @BeforeEach
  void start() throws Exception {
    hubs = new TestHubs(folder);
  }

  @AfterEach
  void stop() {
    hubs.close();
  }

  @Test
  void bytes_that_are_no_amqp_end_their_own_connection_only() throws Exception {
    Random random = new Random(1);
    byte[] noise = new byte[100_000];
    List<byte[]> openings =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0, -1, -1, -1, -1, 2, 1, 0, 0},
            new byte[] {'A', 'M', 'Q', 'P', 0, 1, 0, 0, 127, -1, -1, -1, 2, 0, 0, 0},
            new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0, 0, 0, 0, 16, 2, 1, 0, 0, 0, 83, 65, 64});
    for (byte[] opening : openings) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write(opening);
        random.nextBytes(noise);
        writeWhatItTakes(socket, noise);
        drain(socket);
      }
    }
    assertServes("after the noise");
  }

  @Test
  void more_connections_than_there_may_be_that_say_nothing_do_not_lock_others_out()
      throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        silent.add(connect());
      }
      assertServes("beside the silent");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void nothing_is_to_be_had_without_a_token_or_with_a_bad_one() throws Exception {
    try (RawClient client = new RawClient(hubs.hubs().port())) {
      Sender sender = client.sender(TestHubs.HUB);
      Receiver receiver =
          client.receiver(TestHubs.HUB + "/ConsumerGroups/$Default/Partitions/0", "here");
      client.until(() -> sender.getRemoteState() == EndpointState.CLOSED);
      client.until(() -> receiver.getRemoteState() == EndpointState.CLOSED);
      assertEquals(
          "amqp:unauthorized-access", sender.getRemoteCondition().getCondition().toString());
      assertEquals(
          "amqp:unauthorized-access", receiver.getRemoteCondition().getCondition().toString());

      assertEquals(401, client.putToken(Tokens.of("another key", "sample", 60), "sb://x/sample"));
      assertEquals(401, client.putToken("no token at all", "sb://x/sample"));
      assertEquals(401, client.putToken(Tokens.of(TestHubs.KEY, "other", 60), "sb://x/sample"));
      assertEquals(401, client.putToken(Tokens.of(TestHubs.KEY, "sample", -1), "sb://x/sample"));
      assertEquals(202, client.putToken(Tokens.of(TestHubs.KEY, "sample", 60), "sb://x/sample"));
      Sender allowed = client.sender(TestHubs.HUB);
      client.until(() -> allowed.getCredit() > 0);
      Sender other = client.sender("other");
      client.until(() -> other.getRemoteState() == EndpointState.CLOSED);
    }
  }

  @Test
  void a_link_ends_with_its_token() throws Exception {
    try (RawClient client = new RawClient(hubs.hubs().port())) {
      assertEquals(202, client.putToken(Tokens.of(TestHubs.KEY, "sample", 2), "sb://x/sample"));
      Sender sender = client.sender(TestHubs.HUB);
      client.until(() -> sender.getCredit() > 0);
      client.until(() -> sender.getRemoteState() == EndpointState.CLOSED);
      assertTrue(sender.getRemoteCondition().getDescription().contains("sample"));
    }
  }

  @Test
  void who_has_put_no_token_gets_few_sessions() throws Exception {
    try (RawClient client = new RawClient(hubs.hubs().port())) {
      List<Session> sessions = client.sessions(20);
      client.until(() -> sessions.get(19).getRemoteState() == EndpointState.CLOSED);
      assertEquals(
          "amqp:resource-limit-exceeded",
          sessions.get(19).getRemoteCondition().getCondition().toString());
    }
    assertServes("beside it");
  }

  @Test
  void a_consumer_that_asks_for_all_and_reads_nothing_does_not_hold_up_the_others()
      throws Exception {
    try (RawClient client = new RawClient(hubs.hubs().port());
        EventHubProducerClient producer = hubs.producer();
        EventHubConsumerClient consumer = hubs.consumer()) {
      client.putToken(Tokens.of(TestHubs.KEY, "", 60), "sb://x/");
      Receiver deaf = client.receiver(TestHubs.HUB + "/ConsumerGroups/deaf/Partitions/3", "here");
      deaf.flow(1_000_000);
      client.until(() -> deaf.getRemoteState() == EndpointState.ACTIVE);
      String large = "x".repeat(500_000);
      for (int i = 0; i < 20; i++) {
        TestHubs.send(producer, "3", large);
      }
      assertEquals(20, TestHubs.receive(consumer, "3", 20, EventPosition.earliest()).size());
      client.until(() -> deaf.getQueued() > 0); // what was on the way is still there
    }
  }

  @Test
  void a_message_that_is_too_large_ends_its_link_and_stores_nothing() throws Exception {
    try (RawClient client = new RawClient(hubs.hubs().port())) {
      client.putToken(Tokens.of(TestHubs.KEY, "", 60), "sb://x/");
      Sender sender = client.sender(TestHubs.HUB + "/Partitions/1");
      client.until(() -> sender.getCredit() > 0);
      assertEquals(1 << 20, sender.getRemoteMaxMessageSize().intValue());
      byte[] bytes = new byte[(1 << 20) + 100];
      client.send(sender, bytes, bytes.length, 0);
      client.until(() -> sender.getRemoteState() == EndpointState.CLOSED);
      assertEquals(
          "amqp:link:message-size-exceeded", sender.getRemoteCondition().getCondition().toString());
    }
    assertServes("after the large one");
  }

  @Test
  void messages_that_cannot_be_read_are_rejected_and_the_link_goes_on() throws Exception {
    Random random = new Random(2);
    try (RawClient client = new RawClient(hubs.hubs().port())) {
      client.putToken(Tokens.of(TestHubs.KEY, "", 60), "sb://x/");
      Sender sender = client.sender(TestHubs.HUB + "/Partitions/1");
      client.until(() -> sender.getCredit() > 0);
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 2 && i % 2 == 0) {
          bytes[0] = 0; // as a section begins
          bytes[1] = 0x53;
          bytes[2] = (byte) (0x70 + random.nextInt(9));
        }
        Delivery delivery =
            client.send(sender, bytes, bytes.length, i % 3 == 0 ? Incoming.BATCH : 0);
        client.until(() -> delivery.getRemoteState() != null);
        delivery.settle();
      }
      Delivery noSection = client.send(sender, new byte[] {0x40}, 1, 0);
      client.until(() -> noSection.getRemoteState() != null);
      assertTrue(noSection.getRemoteState() instanceof Rejected);
    }
    assertServes("after the unreadable");
  }

  private void assertServes(String text) {
    try (EventHubProducerClient producer = hubs.producer();
        EventHubConsumerClient consumer = hubs.consumer()) {
      TestHubs.send(producer, "0", text);
      assertEquals(
          List.of(text),
          TestHubs.texts(TestHubs.receive(consumer, "0", 1, EventPosition.earliest())));
      assertTrue(producer.getPartitionProperties("0").getLastEnqueuedTime().isAfter(Instant.EPOCH));
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), hubs.hubs().port());
    socket.setSoTimeout((int) TestHubs.PATIENCE.toMillis());
    return socket;
  }

  private static void writeWhatItTakes(Socket socket, byte[] noise) {
    try {
      socket.getOutputStream().write(noise);
    } catch (IOException cutOff) {
      // This is what is to happen.
      assertTrue(cutOff.getMessage() != null);
    }
  }

  /** Reads until the other end closes, which it must. */
  private static void drain(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (java.net.SocketException reset) {
      assertTrue(reset.getMessage() != null);
    }
  }
}

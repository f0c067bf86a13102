package parley.local.signalr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published Java client, as it is. */
class JavaClientTest {

  private TestSignalR signalR;
  private final List<HubConnection> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    signalR = new TestSignalR();
  }

  @AfterEach
  void end() {
    clients.forEach(client -> client.stop().blockingAwait());
    signalR.close();
  }

  @Test
  void what_is_sent_to_all_reaches_all_and_what_is_sent_to_a_user_each_connection_of_that_user()
      throws Exception {
    BlockingQueue<String> ann = connect("ann");
    BlockingQueue<String> annAgain = connect("ann");
    BlockingQueue<String> bob = connect("bob");
    BlockingQueue<String> nobody = connect(null);

    signalR.post("/users/ann", "say", "for Ann");
    signalR.post("/users/carl", "say", "for somebody who is not there");
    signalR.post("", "say", "for all");

    assertEquals(List.of("for Ann", "for all"), List.of(next(ann), next(ann)));
    assertEquals(List.of("for Ann", "for all"), List.of(next(annAgain), next(annAgain)));
    assertEquals("for all", next(bob));
    assertEquals("for all", next(nobody));
  }

  @Test
  void a_thousand_messages_come_in_the_order_in_which_they_were_sent() throws Exception {
    BlockingQueue<String> ann = connect("ann");
    for (int i = 0; i < 1_000; i++) {
      signalR.post("/users/ann", "say", Integer.toString(i));
    }
    for (int i = 0; i < 1_000; i++) {
      assertEquals(Integer.toString(i), next(ann));
    }
  }

  @Test
  void a_client_that_is_still_there_can_connect_again_after_a_restart() throws Exception {
    BlockingQueue<String> ann = connect("ann");
    HubConnection client = clients.get(0);
    CountDownLatch cutOff = new CountDownLatch(1);
    client.onClosed(why -> cutOff.countDown());
    signalR.restart();
    assertTrue(cutOff.await(20, TimeUnit.SECONDS));
    client.start().blockingAwait();
    signalR.post("/users/ann", "say", "again");
    assertEquals("again", next(ann));
  }

  @Test
  void a_client_that_leaves_is_forgotten() throws Exception {
    connect("ann");
    assertTrue(signalR.exists("/users/ann"));
    clients.get(0).stop().blockingAwait();
    TestSignalR.until(() -> !signalR.exists("/users/ann"));
  }

  @Test
  void a_client_knows_the_id_that_servers_call_it_by() throws Exception {
    BlockingQueue<String> ann = connect("ann");
    connect("ann");
    signalR.post("/connections/" + clients.get(0).getConnectionId(), "say", "for one");
    signalR.post("?excluded=" + clients.get(1).getConnectionId(), "say", "not for the other");
    assertEquals(List.of("for one", "not for the other"), List.of(next(ann), next(ann)));
  }

  @Test
  void a_call_of_the_server_fails_at_once() throws Exception {
    connect("ann");
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () -> clients.get(0).invoke(String.class, "shout", "hello").blockingGet());
    assertTrue(failure.getMessage().contains("no server takes calls"), failure.getMessage());
    assertEquals(HubConnectionState.CONNECTED, clients.get(0).getConnectionState());
  }

  @Test
  void a_token_that_is_not_good_for_this_hub_now_lets_nobody_in() {
    String elsewhere = signalR.url().replace("chat", "other");
    Instant now = Instant.now();
    for (String token :
        List.of(
            "no token at all",
            TestSignalR.token(elsewhere, "ann", now),
            TestSignalR.token("http://example.com/client/?hub=chat", "ann", now),
            TestSignalR.token(signalR.url(), "ann", now.minus(Duration.ofHours(1))),
            TestSignalR.token(signalR.url(), "ann", now.plus(Duration.ofMinutes(1))),
            signalR.token("ann").replaceFirst("\\.[^.]{4}", ".AAAA"))) {
      HubConnection client = signalR.clientWith(token);
      RuntimeException refusal =
          assertThrows(RuntimeException.class, () -> client.start().blockingAwait());
      assertTrue(refusal.getMessage().contains("401"), refusal.getMessage());
    }
  }

  private BlockingQueue<String> connect(String userId) {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    HubConnection client = signalR.client(userId);
    client.on("say", heard::add, String.class);
    client.start().blockingAwait();
    clients.add(client);
    return heard;
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }
}

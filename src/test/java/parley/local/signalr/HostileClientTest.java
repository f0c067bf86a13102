package parley.local.signalr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.local.signalr.hub.Times;

/** Clients that do not know how to behave; a good one sits among them, and notices nothing. */
class HostileClientTest {

  private static final Times IMPATIENT =
      new Times(Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofSeconds(1));

  private TestSignalR signalR;
  private RawClient good;

  @BeforeEach
  void start() throws Exception {
    signalR = new TestSignalR();
    good = signalR.raw("good").greet();
  }

  @AfterEach
  void the_good_client_still_hears() throws Exception {
    signalR.post("/users/good", "say", "still there?");
    assertTrue(good.nextBesidesPings().contains("still there?"));
    good.close();
    signalR.close();
  }

  @Test
  void noise_in_place_of_a_handshake_is_answered_with_the_reason() throws Exception {
    for (String noise :
        List.of("", "GET / HTTP/1.1", "[]", "{}", "{\"protocol\":1,\"version\":1}", "\u0000")) {
      try (RawClient client = signalR.raw(null)) {
        client.say(noise);
        assertTrue(client.next().startsWith("{\"error\":\""), noise);
        assertEquals(1000, client.closed());
      }
    }
  }

  @Test
  void another_protocol_or_version_is_refused_by_name() throws Exception {
    try (RawClient client = signalR.raw(null)) {
      client.say("{\"protocol\":\"messagepack\",\"version\":1}");
      assertEquals("{\"error\":\"The protocol 'messagepack' is not supported.\"}", client.next());
    }
    try (RawClient client = signalR.raw(null)) {
      client.say("{\"protocol\":\"json\",\"version\":2}");
      assertEquals(
          "{\"error\":\"The server does not support version 2 of the 'json' protocol.\"}",
          client.next());
    }
  }

  @Test
  void noise_after_the_handshake_ends_the_connection_with_the_reason() throws Exception {
    for (String noise : List.of("hello", "{\"type\":\"6\"}", "{\"type\":1}", "{")) {
      try (RawClient client = signalR.raw("bad").greet()) {
        client.say(noise);
        assertTrue(client.nextBesidesPings().startsWith("{\"type\":7,\"error\":\""), noise);
        assertEquals(1000, client.closed());
      }
    }
    TestSignalR.until(() -> !signalR.exists("/users/bad"));
  }

  @Test
  void bytes_that_are_no_text_end_the_connection() throws Exception {
    try (RawClient client = signalR.raw("bad").greet()) {
      client.socket().sendBinary(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0x1e}), true).join();
      assertEquals("{\"type\":7,\"error\":\"a message is no UTF-8\"}", client.nextBesidesPings());
    }
  }

  @Test
  void a_message_that_never_ends_is_too_large_and_so_is_a_frame() throws Exception {
    try (RawClient client = signalR.raw("bad").greet()) {
      String part = "x".repeat(20_000);
      client.send(part).send(part);
      assertEquals(
          "{\"type\":7,\"error\":\"a message has at most 32768 characters\"}",
          client.nextBesidesPings());
    }
    try (RawClient client = signalR.raw("bad").greet()) {
      client.socket().sendText("x".repeat(1 << 20), true);
      // -1 if the end of the connection has overtaken the word why, for there was more to read.
      assertTrue(List.of(1009, -1).contains(client.closed()));
    }
    TestSignalR.until(() -> !signalR.exists("/users/bad"));
  }

  @Test
  void messages_may_be_cut_and_joined_at_will() throws Exception {
    try (RawClient client = signalR.raw("ann")) {
      client.send("{\"protocol\":\"js").send("on\",\"version\":1}\u001e{\"type\":6}\u001e{\"ty");
      assertEquals("{}", client.next());
      client.send("pe\":1,\"invocationId\":\"7\",\"target\":\"x\",\"arguments\":[]}\u001e");
      assertTrue(
          client.nextBesidesPings().startsWith("{\"type\":3,\"invocationId\":\"7\",\"error\":"));
    }
  }

  @Test
  void who_says_goodbye_is_heard_and_who_calls_without_waiting_is_ignored() throws Exception {
    try (RawClient client = signalR.raw("ann").greet()) {
      client.say("{\"type\":1,\"target\":\"x\",\"arguments\":[]}").say("{\"type\":7}");
      assertEquals("{\"type\":7}", client.nextBesidesPings());
      assertEquals(1000, client.closed());
    }
  }

  @Test
  void a_client_that_reads_nothing_is_cut_off_and_holds_nobody_up() throws Exception {
    try (RawClient deaf = signalR.raw("deaf")) {
      deaf.greet().goDeaf();
      String large = "x".repeat(1_000_000);
      for (int i = 0; i < 20 && signalR.exists("/users/deaf"); i++) {
        signalR.post("/users/deaf", "say", large);
        signalR.post("/users/good", "say", "meanwhile");
        assertTrue(good.nextBesidesPings().contains("meanwhile"));
      }
      TestSignalR.until(() -> !signalR.exists("/users/deaf"));
    }
  }

  @Test
  void silence_ends_in_time_before_the_handshake_and_after_it() throws Exception {
    try (TestSignalR impatient = new TestSignalR(IMPATIENT)) {
      try (RawClient silent = impatient.raw(null)) {
        assertEquals("{\"error\":\"Handshake was canceled.\"}", silent.next());
        assertEquals(1000, silent.closed());
      }
      // Half open: nothing comes from it any more, not even what its socket would say by itself.
      try (RawClient dead = impatient.raw("dead")) {
        dead.greet().goDeaf();
        TestSignalR.until(() -> !impatient.exists("/users/dead"));
      }
    }
  }

  @Test
  void a_client_of_the_first_kind_that_sends_no_pings_lives_as_long_as_its_socket()
      throws Exception {
    try (TestSignalR impatient = new TestSignalR(IMPATIENT);
        RawClient old = impatient.raw("old").greet()) {
      Instant end = Instant.now().plusSeconds(3);
      while (Instant.now().isBefore(end)) {
        assertEquals("{\"type\":6}", old.next());
      }
      // Once it has sent one, it is held to it.
      old.say("{\"type\":6}");
      assertEquals(
          "{\"type\":7,\"error\":\"The client has been silent for 1 s.\",\"allowReconnect\":true}",
          old.nextBesidesPings());
    }
  }

  @Test
  void a_socket_without_a_good_token_or_with_another_clients_id_is_not_opened() {
    String url = signalR.socketUrl();
    assertRefused(url);
    assertRefused(url + "&access_token=x");
    assertRefused(url.replace("hub=chat", "hub=other") + "&access_token=" + token("ann"));
    assertRefused(url + "&id=made-up&access_token=" + token("ann"));
    String id =
        signalR
            .send("POST", signalR.url().replace("/?", "/negotiate?"), "", signalR.token("ann"))
            .body()
            .replaceAll(".*\"connectionId\":\"([^\"]+)\".*", "$1");
    assertRefused(url + "&id=" + id + "&access_token=" + token("bob"));
    // It is still Ann's; and then it is used up.
    new RawClient(url + "&id=" + id + "&access_token=" + token("ann")).close();
    assertRefused(url + "&id=" + id + "&access_token=" + token("ann"));
  }

  @Test
  void half_a_request_and_no_request_at_all_take_nothing_from_others() throws Exception {
    for (String text :
        List.of("", "GET /client/?hub=chat HTTP/1.1\r\nUpgrade: webso", "\u0016\u0003")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), signalR.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
    }
  }

  private String token(String userId) {
    return TestSignalR.encoded(signalR.token(userId));
  }

  private static void assertRefused(String url) {
    assertThrows(CompletionException.class, () -> new RawClient(url));
  }
}

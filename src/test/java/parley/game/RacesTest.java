package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.TestPlayer.turn;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;

/** What players do in the same instant, over HTTP: one comes first, and everybody is told truly. */
class RacesTest {

  private static final int TURN_SECONDS = 60;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @TempDir static Path state;
  private static TestHost parley;
  private static TestPlayer ada;
  private static TestPlayer bob;

  private Answer session;
  private String path;
  private TestPlayer mover;
  private TestPlayer other;

  @BeforeAll
  static void start() {
    parley = TestHost.start(state);
    ada = parley.signIn("Ada");
    bob = parley.signIn("Bob");
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
    parley.close();
  }

  private static String wish(String more) {
    return "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\",\"turnSeconds\":%d}%s}"
        .formatted(UUID.randomUUID(), TURN_SECONDS, more);
  }

  private void begin() {
    String wish = wish("");
    parley.post("/api/sessions", ada, wish);
    session = parley.post("/api/sessions", bob, wish);
    path = "/api/sessions/" + session.text("sessionId");
    mover = session.text("currentPlayerId").equals(ada.id()) ? ada : bob;
    other = mover == ada ? bob : ada;
  }

  private Supplier<Answer> move(TestPlayer player, String body) {
    return () -> parley.post(path + "/turns", player, body);
  }

  private Supplier<Answer> forfeit(TestPlayer player) {
    String body = "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID());
    return () -> parley.post(path + "/forfeit", player, body);
  }

  private static List<Answer> atOnce(Supplier<Answer> one, Supplier<Answer> another) {
    return atOnce(List.of(one, another));
  }

  private static List<Answer> atOnce(List<Supplier<Answer>> requests) {
    CyclicBarrier barrier = new CyclicBarrier(requests.size());
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (Supplier<Answer> request : requests) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                await(barrier);
                return request.get();
              },
              THREADS));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError("somebody did not come", e);
    }
  }

  private static String told(Answer answer) {
    return answer.status() == 200 ? "200" : answer.status() + " " + answer.text("type");
  }

  private static List<String> told(List<Answer> answers) {
    return answers.stream().map(RacesTest::told).sorted().toList();
  }

  /** The session as it stands, which the orchestration has come to see as well. */
  private JsonNode row() {
    JsonNode row = parley.get(path, ada).body();
    String id = row.path("sessionId").textValue();
    parley.awaitVersion(id, row.path("version").asLong());
    if (row.path("status").textValue().equals("completed")) {
      parley.awaitEnd(id);
    }
    return row;
  }

  private int moves() {
    return parley.get(path + "/moves", ada).body().path("moves").size();
  }

  @RepeatedTest(5)
  void the_same_move_five_times_at_once_is_made_once() {
    begin();
    String body = turn(4);
    List<Answer> answers = atOnce(Collections.nCopies(5, move(mover, body)));

    JsonNode row = row();
    answers.forEach(answer -> assertEquals(row, answer.body()));
    assertEquals(3, row.path("version").asInt());
    assertEquals(1, moves());
  }

  @RepeatedTest(5)
  void the_same_move_by_a_player_and_by_a_trusted_server_at_once_is_made_once() {
    begin();
    String body = turn(4);
    String event = body.replaceFirst("\\{", "{\"playerId\":\"" + mover.id() + "\",");

    List<Answer> answers =
        atOnce(
            move(mover, body),
            () -> parley.raise(session.text("sessionId"), GameNames.TAKE_TURN, event));

    assertEquals(200, answers.get(0).status());
    assertEquals(202, answers.get(1).status());
    assertEquals(3, row().path("version").asInt());
    assertEquals(1, moves());
  }

  @RepeatedTest(5)
  void of_two_moves_by_one_player_at_once_one_is_made() {
    begin();

    List<Answer> answers = atOnce(move(mover, turn(0)), move(mover, turn(8)));

    JsonNode row = row();
    assertEquals(List.of("200", "409 not-your-turn"), told(answers));
    for (Answer answer : answers) {
      assertEquals(row, answer.status() == 200 ? answer.body() : answer.body().path("session"));
    }
    assertEquals(1, moves());
  }

  @RepeatedTest(5)
  void a_move_and_giving_up_at_once_come_one_after_the_other() {
    for (boolean own : List.of(true, false)) {
      begin();
      TestPlayer loser = own ? mover : other;

      List<Answer> answers = atOnce(move(mover, turn(4)), forfeit(loser));

      JsonNode row = row();
      assertEquals("200", told(answers.get(1)));
      assertEquals(row, answers.get(1).body());
      assertEquals("forfeit", row.path("endReason").textValue());
      assertEquals((loser == ada ? bob : ada).id(), row.path("winnerId").textValue());
      boolean moved = answers.get(0).status() == 200;
      assertEquals(moved ? "200" : "409 game-over", told(answers.get(0)));
      assertEquals(moved ? 4 : 3, row.path("version").asInt());
      assertEquals(
          moved ? "----%s----".formatted(mover == ada ? "X" : "O") : "-".repeat(9),
          row.path("board").textValue());
      assertEquals(moved ? 2 : 1, moves());
    }
  }

  @RepeatedTest(5)
  void when_both_give_up_at_once_one_has_won() {
    begin();

    List<Answer> answers = atOnce(forfeit(mover), forfeit(other));

    JsonNode row = row();
    assertEquals(List.of("200", "409 game-over"), told(answers));
    TestPlayer winner = answers.get(0).status() == 200 ? other : mover;
    assertEquals(winner.id(), row.path("winnerId").textValue());
    assertEquals(1, moves());
  }

  @RepeatedTest(5)
  void of_two_who_come_for_one_seat_at_once_one_gets_it() {
    Answer open = parley.post("/api/sessions", ada, wish(",\"inviteOnly\":true"));
    path = "/api/sessions/" + open.text("sessionId");
    TestPlayer eve = parley.signIn("Eve");
    String code = "{\"code\":\"%s\"}".formatted(open.text("inviteCode"));

    List<Answer> answers =
        atOnce(
            () -> parley.post(path + "/players", bob, code),
            () -> parley.post(path + "/players", eve, code));

    assertEquals(List.of("200", "409 already-full"), told(answers));
    TestPlayer seated = answers.get(0).status() == 200 ? bob : eve;
    assertEquals(seated.id(), row().path("players").path(1).path("playerId").textValue());
  }

  @RepeatedTest(5)
  void a_session_is_joined_or_withdrawn_and_never_both() {
    path = "/api/sessions/" + parley.post("/api/sessions", ada, wish("")).text("sessionId");

    List<Answer> answers =
        atOnce(
            () -> parley.post(path + "/players", bob, "{}"),
            () -> parley.send("DELETE", path, ada, null));

    JsonNode row = row();
    boolean joined = answers.get(0).status() == 200;
    assertEquals(
        joined ? List.of("200", "409 already-started") : List.of("409 game-over", "200"),
        answers.stream().map(RacesTest::told).toList());
    assertEquals(2, row.path("version").asInt());
    assertEquals(joined ? 2 : 1, row.path("players").size());
  }

  @RepeatedTest(5)
  void a_move_counts_until_the_millisecond_before_its_deadline() {
    begin();
    Instant deadline = Instant.parse(session.text("turnDeadline"));
    parley.clock().advance(Duration.between(parley.clock().instant(), deadline.minusMillis(1)));
    assertEquals("200", told(move(mover, turn(4)).get()));

    Instant next = Instant.parse(row().path("turnDeadline").textValue());
    parley.clock().advance(Duration.between(parley.clock().instant(), next));
    Answer late = move(other, turn(0)).get();
    assertEquals("409 game-over", told(late));
    assertEquals("timeout", late.body().path("session").path("endReason").textValue());
  }

  @RepeatedTest(10)
  void a_move_at_the_instant_of_its_deadline_is_made_in_time_or_not_at_all() {
    begin();
    parley.awaitVersion(session.text("sessionId"), 2);
    // Else the turn after a move that is in time would end at this very deadline, too.
    parley.clock().advance(Duration.ofSeconds(1));
    Instant deadline = Instant.parse(session.text("turnDeadline"));
    Duration rest = Duration.between(parley.clock().instant(), deadline);

    List<Answer> answers =
        atOnce(
            move(mover, turn(4)),
            () -> {
              parley.advance(rest);
              return parley.get(path, other);
            });

    JsonNode row = row();
    boolean moved = answers.get(0).status() == 200;
    if (moved) {
      assertEquals(other.id(), row.path("currentPlayerId").textValue());
      JsonNode played = parley.get(path + "/moves", ada).body().path("moves").path(0);
      assertTrue(Instant.parse(played.path("playedAt").textValue()).isBefore(deadline));
    } else {
      assertEquals("409 game-over", told(answers.get(0)));
      assertEquals(row, answers.get(0).body().path("session"));
      assertEquals("timeout", row.path("endReason").textValue());
      assertEquals(other.id(), row.path("winnerId").textValue());
    }
    assertEquals(row, answers.get(1).body());
    assertEquals(moved ? 1 : 0, moves());
  }
}

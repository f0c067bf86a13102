package parley.game.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static parley.game.rules.Sessions.ADA;
import static parley.game.rules.Sessions.BOB;
import static parley.game.rules.Sessions.START;
import static parley.game.rules.Sessions.accepted;
import static parley.game.rules.Sessions.open;
import static parley.game.rules.Sessions.played;
import static parley.game.rules.Sessions.started;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.game.rules.GameSession.Invitation;
import parley.game.rules.News.Kind;

class NewsTest {

  private static Set<News> news(GameSession session) {
    List<News> news = News.of(session);
    assertEquals(news.size(), Set.copyOf(news).size(), "nobody is told the same thing twice");
    return Set.copyOf(news);
  }

  @Test
  void an_open_session_is_news_to_the_invited_only() {
    assertEquals(Set.of(), news(open()));
    assertEquals(
        Set.of(new News(BOB, Kind.INVITED)), news(open(Map.of(), new Invitation(BOB, null))));
  }

  @Test
  void at_the_start_one_is_to_move_and_the_other_learns_that_it_has_started() {
    assertEquals(
        Set.of(new News(ADA, Kind.YOUR_TURN), new News(BOB, Kind.GAME_STARTED)), news(started()));
  }

  @Test
  void who_hears_of_a_session_late_is_not_told_what_is_past() {
    GameSession moved = played(4, 0);
    assertEquals(Set.of(new News(ADA, Kind.YOUR_TURN)), news(moved));
  }

  @Test
  void after_a_move_only_the_next_player_is_told() {
    assertEquals(Set.of(new News(BOB, Kind.YOUR_TURN)), news(played(4)));
  }

  @Test
  void at_the_end_both_learn_how_it_ended() {
    assertEquals(
        Set.of(new News(ADA, Kind.GAME_WON), new News(BOB, Kind.GAME_LOST)),
        news(played(0, 3, 1, 4, 2)));
    assertEquals(
        Set.of(new News(ADA, Kind.GAME_DRAWN), new News(BOB, Kind.GAME_DRAWN)),
        news(played(0, 1, 2, 4, 3, 5, 7, 6, 8)));
    GameSession timedOut = started().timedOut(START.plus(Duration.ofDays(1))).orElseThrow();
    assertEquals(
        Set.of(new News(ADA, Kind.GAME_LOST), new News(BOB, Kind.GAME_WON)), news(timedOut));
  }

  @Test
  void who_gives_up_or_withdraws_knows_it() {
    assertEquals(
        Set.of(new News(BOB, Kind.OPPONENT_FORFEITED)),
        news(accepted(started().forfeit(ADA, START))));
    assertEquals(Set.of(), news(accepted(open().cancel(ADA, START))));
  }
}

package parley.trivia;

import static parley.platform.Database.prepare;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import parley.platform.Database;
import parley.platform.Sha256;

/** Who has the most points of a day. */
public final class Leaderboard {

  private static final int MOST = 100;

  private final Database database;
  private final Clock clock;

  public Leaderboard(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param day in UTC
   */
  record Day(LocalDate day, List<Leader> leaders) {}

  /**
   * @param rank from 1; who has as many points has the same
   * @param name a player's, or one made for a session that nobody has signed in to
   * @param points the values of the clues that were guessed
   * @param correct guesses that were right
   * @param guesses all that count
   */
  record Leader(int rank, String name, long points, int correct, int guesses) {}

  /** The first hundred of today: most points first, then most right guesses. */
  Day today() {
    LocalDate day = Guesses.day(clock.instant());
    String sql =
        """
        SELECT s.Scorer, p.Name, s.Points, s.Correct, s.Guesses
        FROM trivia_score s LEFT JOIN player p ON p.ID = s.Player_ID
        WHERE s.Day = ?
        ORDER BY s.Points DESC, s.Correct DESC, s.Scorer DESC LIMIT ?""";
    return database.query(
        connection -> {
          try (PreparedStatement select = prepare(connection, sql, day, MOST);
              ResultSet rows = select.executeQuery()) {
            List<Leader> leaders = new ArrayList<>();
            while (rows.next()) {
              leaders.add(leader(leaders, rows));
            }
            return new Day(day, leaders);
          }
        });
  }

  private static Leader leader(List<Leader> before, ResultSet row) throws SQLException {
    long points = row.getLong("Points");
    int rank = before.size() + 1;
    if (rank > 1 && before.get(rank - 2).points() == points) {
      rank = before.get(rank - 2).rank();
    }
    String name = row.getString("Name");
    return new Leader(
        rank,
        name == null ? guest(row.getString("Scorer")) : name,
        points,
        row.getInt("Correct"),
        row.getInt("Guesses"));
  }

  /** Not the session's id: who knows that can guess in its place. */
  private static String guest(String scorer) {
    return "Guest " + Sha256.of(scorer).substring(0, 6);
  }
}

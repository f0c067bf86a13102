package parley.trivia;

import static parley.platform.Database.instant;
import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.platform.Database;
import parley.trivia.clues.Clue;
import parley.trivia.rules.Beat;

/** The clues that this region's game has asked, in MySQL: one for each beat that had one. */
public final class AskedClues {

  private static final String COLUMNS =
      "Region, BeatTime, EndTime, CreatedTime, ClueId, Question, Answer, CategoryTitle, ClueValue";

  private final Database database;
  private final String region;

  /**
   * @param region whose game it is: others may share the database, and none of their connections
   */
  public AskedClues(Database database, String region) {
    this.database = database;
    this.region = region;
  }

  /** The last clue that was asked, whether or not its beat is over. */
  Optional<AskedClue> last() {
    return database.query(connection -> find(connection, "ORDER BY ID DESC LIMIT 1"));
  }

  /** The one that was asked before. */
  Optional<AskedClue> before(AskedClue clue) {
    return database.query(
        connection -> find(connection, "AND ID < ? ORDER BY ID DESC LIMIT 1", clue.row()));
  }

  /**
   * Puts down the clue of a beat, unless that has one, which stays. From then on guesses for the
   * clue before it are late.
   *
   * @return the beat's clue
   */
  AskedClue ask(Beat beat, Clue clue, Instant now) {
    return database.transaction(
        connection -> {
          Optional<AskedClue> there = find(connection, "AND BeatTime = ?", time(beat.at()));
          if (there.isEmpty()) {
            insert(connection, beat, clue, now);
            there = find(connection, "AND BeatTime = ?", time(beat.at()));
          }
          return there.orElseThrow();
        });
  }

  /** The ids of the clues that were asked last. */
  Set<String> lastIds(int count) {
    String sql = "SELECT ClueId FROM trivia_clue WHERE Region = ? ORDER BY ID DESC LIMIT ?";
    return database.query(
        connection -> {
          try (PreparedStatement select = prepare(connection, sql, region, count);
              ResultSet rows = select.executeQuery()) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
              ids.add(rows.getString("ClueId"));
            }
            return ids;
          }
        });
  }

  private void insert(Connection connection, Beat beat, Clue clue, Instant now)
      throws SQLException {
    String sql = "INSERT INTO trivia_clue (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert =
        prepare(
            connection,
            sql,
            region,
            time(beat.at()),
            time(beat.end()),
            time(now),
            clue.clueId(),
            clue.question(),
            clue.answer(),
            clue.categoryTitle(),
            clue.value())) {
      insert.executeUpdate();
    }
  }

  private Optional<AskedClue> find(Connection connection, String which, Object... parameters)
      throws SQLException {
    String sql = "SELECT ID, " + COLUMNS + " FROM trivia_clue WHERE Region = ? " + which;
    Object[] all = Stream.concat(Stream.of(region), Stream.of(parameters)).toArray();
    try (PreparedStatement select = prepare(connection, sql, all);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  private static AskedClue read(ResultSet row) throws SQLException {
    Instant at = instant(row, "BeatTime");
    int seconds = (int) Duration.between(at, instant(row, "EndTime")).toSeconds();
    Clue clue =
        new Clue(
            row.getString("ClueId"),
            row.getString("Question"),
            row.getString("Answer"),
            row.getString("CategoryTitle"),
            row.getInt("ClueValue"));
    return new AskedClue(
        row.getLong("ID"), clue, new Beat(at, seconds), instant(row, "CreatedTime"));
  }
}

package parley.trivia;

import static parley.platform.Database.instant;
import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import parley.platform.Database;
import parley.platform.Problem;
import parley.platform.ProblemException;
import parley.trivia.clues.Clue;
import parley.trivia.guesses.GuessMatcher;
import parley.trivia.guesses.Verdict;

/** The guesses that count, in MySQL, and what they come to. */
public final class Guesses {

  private final Database database;
  private final String region;
  private final Clock clock;

  /**
   * @param region whose game's clues are guessed at
   */
  public Guesses(Database database, String region, Clock clock) {
    this.database = database;
    this.region = region;
    this.clock = clock;
  }

  /**
   * A guess as it comes in.
   *
   * @param sessionId who guesses, as the client knows itself
   * @param playerId who that is; null for who has not signed in
   */
  record Guess(String sessionId, UUID playerId, String clueId, String value) {}

  /** What has become of a guess. */
  sealed interface Outcome {

    /**
     * It counts, or an earlier one of the session or the player for this clue does.
     *
     * @param value the guess that counts
     * @param isNew whether it is this one
     */
    record Counted(String value, Verdict verdict, boolean isNew) implements Outcome {}

    /** No clue with this id was ever asked. */
    record Unknown() implements Outcome {}

    /** The clue's beat is over. */
    record Late() implements Outcome {}
  }

  /** A clue that was guessed at. */
  private record Guessed(
      long row, String answer, int value, Instant beatAt, Instant end, boolean isLast) {}

  /**
   * Judges a guess, and puts it down with its points if it is the first of its session and player
   * for this clue and the clue's beat is not over.
   *
   * @throws ProblemException 401 if there is no such player
   */
  Outcome submit(Guess guess) {
    if (!Clue.isId(guess.clueId())) {
      return new Outcome.Unknown();
    }
    Instant now = clock.instant();
    return database.transaction(
        connection -> {
          Optional<Guessed> clue = clue(connection, guess.clueId());
          if (clue.isEmpty()) {
            return new Outcome.Unknown();
          }
          Long player = guess.playerId() == null ? null : player(connection, guess.playerId());
          Optional<Outcome.Counted> earlier = earlier(connection, clue.get(), guess, player);
          if (earlier.isPresent()) {
            return earlier.get();
          }
          if (!clue.get().isLast() || !now.isBefore(clue.get().end())) {
            return new Outcome.Late();
          }
          Verdict verdict = GuessMatcher.judge(guess.value(), clue.get().answer());
          insert(connection, clue.get(), guess, player, verdict, now);
          score(connection, clue.get(), guess, player, verdict);
          return new Outcome.Counted(guess.value(), verdict, true);
        });
  }

  /** The last time that it was asked. */
  private Optional<Guessed> clue(Connection connection, String clueId) throws SQLException {
    String sql =
        """
        SELECT ID, Answer, ClueValue, BeatTime, EndTime,
               ID = (SELECT MAX(ID) FROM trivia_clue WHERE Region = ?) AS IsLast
        FROM trivia_clue WHERE Region = ? AND ClueId = ? ORDER BY ID DESC LIMIT 1""";
    try (PreparedStatement select = prepare(connection, sql, region, region, clueId);
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Guessed(
                  row.getLong("ID"),
                  row.getString("Answer"),
                  row.getInt("ClueValue"),
                  instant(row, "BeatTime"),
                  instant(row, "EndTime"),
                  row.getBoolean("IsLast")))
          : Optional.empty();
    }
  }

  private static long player(Connection connection, UUID playerId) throws SQLException {
    try (PreparedStatement select =
            prepare(connection, "SELECT ID FROM player WHERE GUID = ?", playerId);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw Problem.unknownPlayer().exception();
      }
      return row.getLong("ID");
    }
  }

  private static Optional<Outcome.Counted> earlier(
      Connection connection, Guessed clue, Guess guess, Long player) throws SQLException {
    String sql =
        """
        SELECT ID, Guess, IsCorrect, Similarity FROM trivia_guess
        WHERE Clue_ID = ? AND SessionId = ?
        UNION
        SELECT ID, Guess, IsCorrect, Similarity FROM trivia_guess
        WHERE Clue_ID = ? AND Player_ID = ?
        ORDER BY ID LIMIT 1""";
    try (PreparedStatement select =
            prepare(connection, sql, clue.row(), guess.sessionId(), clue.row(), player);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Verdict verdict = new Verdict(row.getBoolean("IsCorrect"), row.getDouble("Similarity"));
      return Optional.of(new Outcome.Counted(row.getString("Guess"), verdict, false));
    }
  }

  private static void insert(
      Connection connection, Guessed clue, Guess guess, Long player, Verdict verdict, Instant now)
      throws SQLException {
    String sql =
        """
        INSERT INTO trivia_guess
            (CreatedTime, Clue_ID, SessionId, Player_ID, Guess, IsCorrect, Similarity)
        VALUES (?, ?, ?, ?, ?, ?, ?)""";
    try (PreparedStatement insert =
        prepare(
            connection,
            sql,
            time(now),
            clue.row(),
            guess.sessionId(),
            player,
            guess.value(),
            verdict.isCorrect(),
            verdict.similarity())) {
      insert.executeUpdate();
    }
  }

  private static void score(
      Connection connection, Guessed clue, Guess guess, Long player, Verdict verdict)
      throws SQLException {
    String sql =
        """
        INSERT INTO trivia_score (Day, Scorer, Player_ID, Points, Correct, Guesses)
        VALUES (?, ?, ?, ?, ?, 1)
        ON DUPLICATE KEY UPDATE
            Points = Points + ?, Correct = Correct + ?, Guesses = Guesses + 1""";
    int points = verdict.isCorrect() ? clue.value() : 0;
    int correct = verdict.isCorrect() ? 1 : 0;
    try (PreparedStatement upsert =
        prepare(
            connection,
            sql,
            day(clue.beatAt()),
            player == null ? "session:" + guess.sessionId() : "player:" + guess.playerId(),
            player,
            points,
            correct,
            points,
            correct)) {
      upsert.executeUpdate();
    }
  }

  /** The day on which a moment's points count. */
  static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }
}

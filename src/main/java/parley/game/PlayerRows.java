package parley.game;

import static parley.platform.Database.prepare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import parley.platform.Problem;

/** The primary keys of players, which the rows of sessions name. */
final class PlayerRows {
  private PlayerRows() {}

  static Optional<Long> find(Connection connection, UUID playerId) throws SQLException {
    try (PreparedStatement select =
            prepare(connection, "SELECT ID FROM player WHERE GUID = ?", playerId);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(rows.getLong("ID")) : Optional.empty();
    }
  }

  /**
   * The same for somebody who is signed in.
   *
   * @throws parley.platform.ProblemException 401 if there is no such player
   */
  static long require(Connection connection, UUID playerId) throws SQLException {
    return find(connection, playerId).orElseThrow(() -> Problem.unknownPlayer().exception());
  }
}

package parley.bench.load;

import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Two players play tic-tac-toe at random to its end, and look at each answer. */
final class Game implements Talk {

  private final String sessionId;
  private final Player[] seats;
  private final char[] board = "---------".toCharArray();
  private final Random random = new Random();
  private final StringBuilder buffer = new StringBuilder();
  private Moves moves;
  private int turn;
  private int cell;
  private long version = 2;

  private Game(String sessionId, Player x, Player o, int turn) {
    this.sessionId = sessionId;
    this.seats = new Player[] {x, o};
    this.turn = turn;
  }

  /** What is told of each move that was acknowledged. */
  interface Moves {
    void acknowledged(String sessionId, long version, long nanos);
  }

  /** The game in an answer that shows it as just begun. */
  static Game of(Answer begun, Map<String, Player> everybody) {
    begun.expectText("status", "inProgress");
    Player x = everybody.get(begun.text("playerId"));
    Player o = everybody.get(begun.text("playerId", begun.body().indexOf(x.id()) + 1));
    int first = begun.text("currentPlayerId").equals(x.id()) ? 0 : 1;
    return new Game(begun.text("sessionId"), x, o, first);
  }

  /** The same, telling of its moves. */
  Game tell(Moves listener) {
    moves = listener;
    return this;
  }

  String sessionId() {
    return sessionId;
  }

  /** The session's, after the moves that were acknowledged. */
  long version() {
    return version;
  }

  /** Who is not to move now. */
  Player waiting() {
    return seats[1 - turn];
  }

  @Override
  public Request first() {
    return move();
  }

  @Override
  public Request next(Answer answer) {
    answer.expect(200);
    board[cell] = turn == 0 ? 'X' : 'O';
    answer.expectText("board", new String(board));
    version++;
    moves.acknowledged(sessionId, version, answer.nanos());
    turn = 1 - turn;
    return answer.text("status").equals("inProgress") ? move() : null;
  }

  private Request move() {
    do {
      cell = random.nextInt(board.length);
    } while (board[cell] != '-');
    buffer.setLength(0);
    buffer.append("{\"moveId\":\"").append(new UUID(random.nextLong(), random.nextLong()));
    buffer.append("\",\"move\":{\"cell\":").append(cell).append("}}");
    return Request.post(
        "/api/sessions/" + sessionId + "/turns", seats[turn].token(), buffer.toString());
  }
}

package parley.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * So many connections at once, on one thread: the load program shares the cores with what it loads,
 * and must not take more of them than it has to.
 */
final class Crowd implements AutoCloseable {

  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();

  Crowd(int port, int size) throws IOException {
    for (int i = 0; i < size; i++) {
      Connection connection = new Connection(port);
      connections.add(connection);
      connection.channel().register(selector, SelectionKey.OP_READ, connection);
    }
  }

  /** Has every talk held, as many at once as there are connections; returns when all are over. */
  void hold(Iterator<? extends Talk> talks) throws IOException {
    int busy = 0;
    // So that few talks at a time leave none alone for so long that the app closes it.
    Collections.rotate(connections, 1);
    for (Connection connection : connections) {
      busy += begin(connection, talks) ? 1 : 0;
    }
    while (busy > 0) {
      selector.select();
      Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
      while (keys.hasNext()) {
        Connection connection = (Connection) keys.next().attachment();
        keys.remove();
        Talk.Answer answer = connection.read();
        if (answer != null && !goOn(connection, answer, talks)) {
          busy--;
        }
      }
    }
  }

  private static boolean goOn(
      Connection connection, Talk.Answer answer, Iterator<? extends Talk> talks)
      throws IOException {
    Request next = connection.talk().next(answer);
    if (next == null) {
      return begin(connection, talks);
    }
    connection.send(connection.talk(), next);
    return true;
  }

  private static boolean begin(Connection connection, Iterator<? extends Talk> talks)
      throws IOException {
    if (!talks.hasNext()) {
      return false;
    }
    Talk talk = talks.next();
    connection.send(talk, talk.first());
    return true;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}

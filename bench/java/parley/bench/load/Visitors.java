package parley.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Visits that come at their times, on one thread and over so many connections; a request that is
 * due waits for a connection. Who is there already goes before who comes.
 */
final class Visitors implements AutoCloseable {

  private final Selector selector = Selector.open();
  private final List<Line> lines = new ArrayList<>();
  private final Deque<Line> free = new ArrayDeque<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>();

  Visitors(int port, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      Line line = new Line(new Connection(port));
      line.connection.channel().register(selector, SelectionKey.OP_READ, line);
      lines.add(line);
      free.add(line);
    }
  }

  /** A connection, and whose request is on it. */
  private static final class Line {
    private final Connection connection;
    private Visit visit;

    Line(Connection connection) {
      this.connection = connection;
    }
  }

  /** A request that is to be sent. */
  private record Due(long nanos, Visit visit) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.compare(nanos, other.nanos);
    }
  }

  /**
   * Has all visits made; returns when they are over.
   *
   * @param between how many nanoseconds after one the next comes; 0 if all are there at once
   * @param atOnce how many come together each time
   */
  void receive(List<? extends Visit> visits, long between, int atOnce) throws IOException {
    long began = System.nanoTime();
    int come = 0;
    int over = 0;
    while (over < visits.size()) {
      long now = System.nanoTime();
      while (!free.isEmpty() && !due.isEmpty() && due.peek().nanos() <= now) {
        send(due.poll().visit());
      }
      long next = began + come / atOnce * between;
      while (!free.isEmpty() && come < visits.size() && next <= now) {
        Visit visit = visits.get(come++);
        visit.comes(between == 0 ? now : next);
        send(visit);
        next = began + come / atOnce * between;
      }
      over += answers(pause(come < visits.size() ? next : Long.MAX_VALUE));
    }
  }

  private void send(Visit visit) throws IOException {
    Line line = free.poll();
    line.visit = visit;
    line.connection.send(null, visit.request());
  }

  /** Milliseconds until something is to be sent; 0 if only answers are waited for. */
  private long pause(long nextVisit) {
    long next = due.isEmpty() ? nextVisit : Math.min(nextVisit, due.peek().nanos());
    if (free.isEmpty() || next == Long.MAX_VALUE) {
      return 0;
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()));
  }

  /** Takes what is answered; returns how many visits are over with it. */
  private int answers(long millis) throws IOException {
    int over = 0;
    selector.select(millis);
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      Line line = (Line) keys.next().attachment();
      keys.remove();
      Talk.Answer answer = line.connection.read();
      if (answer != null) {
        free.add(line);
        long next = line.visit.next(answer);
        if (next == Visit.OVER) {
          over++;
        } else {
          due.add(new Due(next, line.visit));
        }
      }
    }
    return over;
  }

  @Override
  public void close() throws IOException {
    for (Line line : lines) {
      line.connection.close();
    }
    selector.close();
  }
}

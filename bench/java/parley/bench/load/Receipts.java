package parley.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Says of each notification that it was shown, as a client does, on a thread of its own. */
final class Receipts implements AutoCloseable {

  private static final int AT_ONCE = 8;

  private static final Receipt LAST = new Receipt(null, null);

  private final BlockingQueue<Receipt> due = new LinkedBlockingQueue<>();
  private final Crowd crowd;
  private final Thread thread = new Thread(this::send, "receipts");
  private volatile Exception failure;

  /** One receipt. */
  private record Receipt(Player player, String notificationId) implements Talk {

    @Override
    public Request first() {
      return Request.post("/api/notifications/" + notificationId + "/received", player.token(), "");
    }

    @Override
    public Request next(Answer answer) {
      answer.expect(204);
      return null;
    }
  }

  Receipts(int port) throws IOException {
    crowd = new Crowd(port, AT_ONCE);
    thread.start();
  }

  /** Soon says that a player has been shown a notification. */
  void add(Player player, String notificationId) {
    due.add(new Receipt(player, notificationId));
  }

  private void send() {
    try {
      boolean last = false;
      while (!last) {
        List<Receipt> next = new ArrayList<>(List.of(due.take()));
        due.drainTo(next);
        last = next.remove(LAST);
        crowd.hold(next.iterator());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  /** Sends what is due, and ends; throws if one was not accepted. */
  @Override
  public void close() throws IOException {
    due.add(LAST);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    crowd.close();
    if (failure != null) {
      throw new IOException("a receipt was not accepted", failure);
    }
  }
}

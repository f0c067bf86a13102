package parley.local.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import parley.local.sqlite.DurableFile;
import parley.local.sqlite.FileHold;

/** The durable state in one SQLite file: one writer, and readers that never wait for it. */
public final class Store implements AutoCloseable {

  private final FileHold lock;
  private final Writer writer;
  private final BlockingQueue<Reader> idle;
  private final List<Reader> readers;

  private Store(FileHold lock, Writer writer, List<Reader> readers) {
    this.lock = lock;
    this.writer = writer;
    this.readers = List.copyOf(readers);
    this.idle = new ArrayBlockingQueue<>(readers.size(), false, readers);
  }

  /** Reads from one reader. */
  public interface Read<T> {
    T from(Reader reader) throws SQLException;
  }

  /**
   * Opens the store, or makes it.
   *
   * @param file the database file; its folder is made if it is not there
   * @param afterCommit gets the effects of each transaction, on the writer's thread
   * @param capacity how many changes may wait
   * @param readers how many may read at once
   * @throws IOException if another engine has the store, or it cannot be opened; the message says
   *     which
   */
  public static Store open(Path file, Consumer<Effects> afterCommit, int capacity, int readers)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileHold lock = FileHold.take(file, "the durable store", "engine");
    try {
      Connection connection = DurableFile.writer(file);
      Schema.prepare(connection);
      Writer writer = new Writer(new Sql(connection), afterCommit, capacity);
      List<Reader> open = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        open.add(new Reader(new Sql(DurableFile.reader(file))));
      }
      return new Store(lock, writer, open);
    } catch (SQLException e) {
      lock.close();
      throw new IOException("the durable store " + file + " cannot be opened", e);
    }
  }

  /**
   * Queues a change on behalf of a client; see {@link Writer}.
   *
   * @throws RejectedExecutionException if too many are waiting
   */
  public <T> CompletableFuture<T> offer(Change<T> change) {
    return writer.offer(change);
  }

  /** Queues a change that is the engine's own, waiting while too many are. */
  public <T> CompletableFuture<T> put(Change<T> change) throws InterruptedException {
    return writer.put(change);
  }

  /** Reads what is committed, waiting while too many others do. */
  public <T> T read(Read<T> read) throws InterruptedException {
    Reader reader = idle.take();
    try {
      return read.from(reader);
    } catch (SQLException e) {
      throw new StoreException("the durable store could not be read: " + e.getMessage(), e);
    } finally {
      idle.add(reader);
    }
  }

  /** Writes what is waiting, and closes. */
  @Override
  public void close() throws IOException {
    try (lock) {
      writer.close();
      for (Reader reader : readers) {
        reader.close();
      }
    } catch (SQLException e) {
      throw new IOException("the durable store could not be closed", e);
    }
  }
}

package parley.local.eventhubs.log;

import com.azure.messaging.eventhubs.models.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parley.local.sqlite.DurableFile;
import parley.local.sqlite.FileHold;

/**
 * Hubs of events and the checkpoints of their consumers, in one SQLite file: one writer, and
 * readers that never wait for it. What a future says is written has reached the disk.
 */
public final class EventLog implements AutoCloseable {

  private static final int READERS = 2;
  private static final long STOP_SECONDS = 2;

  private final FileHold lock;
  private final Clock clock;
  private final Map<String, Hub> hubs;
  private final LogWriter writer;
  private final BlockingQueue<LogReader> idle = new ArrayBlockingQueue<>(READERS);
  private final ExecutorService readers;
  private final List<Consumer<Partition>> listeners = new CopyOnWriteArrayList<>();

  private EventLog(FileHold lock, Path file, Collection<String> names, int partitions, Clock clock)
      throws SQLException {
    this.lock = lock;
    this.clock = clock;
    Connection connection = DurableFile.writer(file);
    LogSchema.prepare(connection);
    hubs = HubTable.open(connection, names, partitions, clock.instant());
    writer =
        new LogWriter(
            new LogTables(connection), changed -> listeners.forEach(l -> l.accept(changed)));
    for (int i = 0; i < READERS; i++) {
      idle.add(new LogReader(DurableFile.reader(file)));
    }
    readers =
        Executors.newFixedThreadPool(
            READERS,
            task -> {
              Thread thread = new Thread(task, "event-hubs-reader");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens a log, or makes it.
   *
   * @param file the database file, in a folder that is there
   * @param names hubs that are made if they are not there yet; those that are there stay
   * @param partitions how many a new hub gets
   * @param clock what events get their time from
   * @throws IOException if somebody else has it, or it cannot be opened; the message says which
   */
  public static EventLog open(Path file, Collection<String> names, int partitions, Clock clock)
      throws IOException {
    FileHold lock = FileHold.take(file, "the log of events", "program");
    try {
      return new EventLog(lock, file, names, partitions, clock);
    } catch (SQLException e) {
      lock.close();
      throw new IOException("the log of events " + file + " cannot be opened", e);
    }
  }

  /** The hub of this name, in any case. */
  public Optional<Hub> hub(String name) {
    return Optional.ofNullable(hubs.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The names of all hubs, sorted. */
  public Set<String> names() {
    return hubs.keySet();
  }

  /** Has somebody told, on the writer's thread, of each partition that has changed. */
  public void onChange(Consumer<Partition> listener) {
    listeners.add(listener);
  }

  /**
   * Adds events at the end of a partition: all, or none.
   *
   * @return completes once they are on disk; fails with a {@link LogException}
   */
  public CompletableFuture<Void> append(Partition partition, List<NewEvent> events) {
    long bytes = events.stream().mapToLong(NewEvent::bytes).sum();
    return writer.put(tables -> tables.append(partition, events, clock.millis()), bytes);
  }

  /** How many bytes of events are being written. */
  public long waitingBytes() {
    return writer.waitingBytes();
  }

  /** Reads events from a sequence number on: at most so many, and about so many bytes. */
  public CompletableFuture<List<StoredEvent>> read(
      Partition partition, long from, int most, int mostBytes) {
    return read(reader -> reader.events(partition, from, most, mostBytes));
  }

  /**
   * Finds the sequence number of the first event at a position; that of the next event to come if
   * there is none yet.
   *
   * @return fails with a {@link PositionException} if the partition does not reach there
   */
  public CompletableFuture<Long> find(Partition partition, Position position) {
    return read(reader -> reader.find(partition, position));
  }

  /** Forgets the events before a sequence number. */
  CompletableFuture<Void> forget(Partition partition, long before) {
    return writer.put(tables -> tables.forget(partition, before), 0);
  }

  /** All partitions of all hubs. */
  List<Partition> partitions() {
    return hubs.values().stream().flatMap(hub -> hub.partitions().stream()).toList();
  }

  /** Keeps how far a consumer group has come; durable once the future completes. */
  public CompletableFuture<Void> save(Checkpoint checkpoint) {
    return writer.put(tables -> tables.save(checkpoint), 0);
  }

  /** How far a consumer group has come in each partition of a hub, wherever that hub is. */
  public CompletableFuture<List<Checkpoint>> checkpoints(
      String namespace, String hub, String consumerGroup) {
    return read(reader -> reader.checkpoints(namespace, hub, consumerGroup));
  }

  private interface Read<T> {
    T from(LogReader reader) throws SQLException;
  }

  private <T> CompletableFuture<T> read(Read<T> read) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      readers.execute(
          () -> {
            LogReader reader = idle.remove();
            try {
              answer.complete(read.from(reader));
            } catch (SQLException e) {
              answer.completeExceptionally(
                  new LogException("the log of events could not be read: " + e.getMessage(), e));
            } catch (RuntimeException e) {
              answer.completeExceptionally(e);
            } finally {
              idle.add(reader);
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new LogException("the log of events is closed", e));
    }
    return answer;
  }

  /** Writes what is waiting, and closes. */
  @Override
  public void close() throws IOException {
    readers.shutdown();
    try (lock) {
      readers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      writer.close();
      for (LogReader reader : new ArrayList<>(idle)) {
        reader.close();
      }
    } catch (SQLException e) {
      throw new IOException("the log of events could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

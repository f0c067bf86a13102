package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs, from now on until this is closed. */
public final class LogLines extends Handler implements AutoCloseable {

  private final Logger logger;
  private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

  public LogLines(Class<?> source) {
    logger = Logger.getLogger(source.getName());
    logger.addHandler(this);
  }

  /** Waits for the next message. */
  public String next() throws InterruptedException {
    return nextRecord().getMessage();
  }

  /** Waits for the next record. */
  public LogRecord nextRecord() throws InterruptedException {
    LogRecord record = records.poll(20, TimeUnit.SECONDS);
    assertNotNull(record, "nothing more was logged");
    return record;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  @Override
  public void publish(LogRecord logged) {
    records.add(logged);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}

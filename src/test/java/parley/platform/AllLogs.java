package parley.platform;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Whatever anybody logs at whichever level, from now on until this is closed. */
final class AllLogs extends Handler implements AutoCloseable {

  private final Logger root = LogManager.getLogManager().getLogger("");
  private final Level before = root.getLevel();
  private final Handler[] others = root.getHandlers();
  private final StringBuffer text = new StringBuffer();

  AllLogs() {
    for (Handler other : others) {
      root.removeHandler(other);
    }
    root.setLevel(Level.ALL);
    setLevel(Level.ALL);
    root.addHandler(this);
  }

  /** All lines, and the traces of all exceptions. */
  String text() {
    return text.toString();
  }

  @Override
  public void publish(LogRecord logged) {
    text.append(new SimpleFormatter().formatMessage(logged)).append('\n');
    if (logged.getThrown() != null) {
      StringWriter trace = new StringWriter();
      logged.getThrown().printStackTrace(new PrintWriter(trace));
      text.append(trace);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(before);
    for (Handler other : others) {
      root.addHandler(other);
    }
  }
}

package parley;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged and printed in this JVM, at every level, until it is closed. */
final class Recording implements AutoCloseable {

  /** The root, and what would otherwise be silenced below it. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger PARLEY = Logger.getLogger("parley");

  private final StringBuffer logged = new StringBuffer();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Level level = ROOT.getLevel();
  private final Handler[] others = ROOT.getHandlers();
  private final Handler handler = handler();

  Recording() {
    List.of(others).forEach(ROOT::removeHandler);
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.INFO);
    PARLEY.setLevel(Level.ALL);
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  /** What was logged, with stack traces, and what was printed, so far. */
  String text() {
    return logged + printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setErr(err);
    System.setOut(out);
    PARLEY.setLevel(null);
    ROOT.setLevel(level);
    ROOT.removeHandler(handler);
    List.of(others).forEach(ROOT::addHandler);
  }

  private Handler handler() {
    SimpleFormatter formatter = new SimpleFormatter();
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        logged.append(formatter.format(line));
      }

      @Override
      public void flush() {
        // Nothing waits.
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}

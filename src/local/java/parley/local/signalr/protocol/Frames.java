package parley.local.signalr.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what a client sends into messages, each of which ends with {@link #END}: one WebSocket
 * message may hold several of them, or a part of one.
 */
public final class Frames {

  /** The record separator of ASCII. */
  public static final char END = 0x1e;

  private final int limit;
  private final StringBuilder rest = new StringBuilder();

  /**
   * @param limit the characters that one message may have
   */
  public Frames(int limit) {
    this.limit = limit;
  }

  /**
   * Takes more text.
   *
   * @return the messages that are complete now, without their ends
   * @throws ProtocolException if a message is too large
   */
  public List<String> take(String text) throws ProtocolException {
    List<String> messages = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, from)) {
      require(rest.length() + end - from);
      messages.add(rest.append(text, from, end).toString());
      rest.setLength(0);
      from = end + 1;
    }
    require(rest.length() + text.length() - from);
    rest.append(text, from, text.length());
    if (rest.isEmpty()) {
      // An idle connection keeps nothing; there may be thousands.
      rest.trimToSize();
    }
    return messages;
  }

  private void require(int length) throws ProtocolException {
    if (length > limit) {
      throw new ProtocolException("a message has at most " + limit + " characters");
    }
  }
}

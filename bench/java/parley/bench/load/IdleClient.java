package parley.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** One client of the hub protocol, with nothing in it that it could do without. */
public final class IdleClient {

  private static final String REQUEST =
      "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

  private static final String GREETING = "{\"protocol\":\"json\",\"version\":1}\u001e";
  private static final String PING = "{\"type\":6}\u001e";
  private static final int TEXT = 1;
  private static final byte[] NOTHING = {};

  private final SocketChannel channel;
  private final String path;
  private final Consumer<String> calls;
  private boolean upgraded;
  private volatile boolean greeted;
  private boolean silent;
  private volatile boolean lost;
  private long saidAt;
  private byte[] rest = NOTHING;

  /**
   * @param calls takes each call of a method, as it came
   */
  IdleClient(SocketChannel channel, String path, Consumer<String> calls) {
    this.channel = channel;
    this.path = path;
    this.calls = calls;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Whether its handshake was accepted. */
  public boolean isGreeted() {
    return greeted;
  }

  /** Has been called. */
  void called(String message) {
    calls.accept(message);
  }

  /** Asks for a WebSocket. */
  void ask() throws IOException {
    channel.write(ByteBuffer.wrap(REQUEST.formatted(path).getBytes(StandardCharsets.US_ASCII)));
  }

  /** Its connection has ended, and all that had come before that is read. */
  void lose() {
    lost = true;
  }

  /** Whether its connection has ended. */
  public boolean isLost() {
    return lost;
  }

  /** From now on it says nothing by itself. */
  void fallSilent() {
    silent = true;
  }

  /** Says that it lives, if it has not done so for that long. */
  void ping(long now, long every) throws IOException {
    if (greeted && !silent && channel.isOpen() && now - saidAt > every) {
      say(PING);
    }
  }

  /**
   * Takes what has come.
   *
   * @return the messages of the hub protocol in it, without their ends
   * @throws IOException if the server does not want it
   */
  List<String> take(ByteBuffer bytes) throws IOException {
    ByteBuffer all =
        ByteBuffer.allocate(rest.length + bytes.remaining()).put(rest).put(bytes).flip();
    List<String> messages = new ArrayList<>();
    if (upgraded || upgrade(all)) {
      for (String text = frame(all); text != null; text = frame(all)) {
        messages.addAll(Arrays.asList(text.split("\u001e")));
      }
    }
    rest =
        all.hasRemaining() ? Arrays.copyOfRange(all.array(), all.position(), all.limit()) : NOTHING;
    greeted |= messages.contains("{}");
    return messages;
  }

  private boolean upgrade(ByteBuffer all) throws IOException {
    String text = new String(all.array(), 0, all.limit(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!text.startsWith("HTTP/1.1 101")) {
      throw new IOException("no WebSocket: " + text);
    }
    all.position(end + 4);
    upgraded = true;
    say(GREETING);
    return true;
  }

  /** The text of the next whole frame, empty if it is of another kind; null if there is none. */
  private static String frame(ByteBuffer all) {
    if (all.remaining() < 4) {
      return null;
    }
    int start = all.position();
    int kind = all.get() & 0x0f;
    int length = all.get() & 0x7f;
    if (length == 126) {
      length = all.getShort() & 0xffff;
    }
    if (all.remaining() < length) {
      all.position(start);
      return null;
    }
    byte[] payload = new byte[length];
    all.get(payload);
    return kind == TEXT ? new String(payload, StandardCharsets.UTF_8) : "";
  }

  /** In one frame, masked with zeros. */
  private void say(String text) throws IOException {
    saidAt = System.nanoTime();
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + 6);
    frame.put((byte) 0x81).put((byte) (0x80 | bytes.length)).putInt(0).put(bytes).flip();
    channel.write(frame);
  }
}

package parley.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection kept alive, which has one request under way at a time. */
final class Connection implements AutoCloseable {

  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final String LENGTH = "\r\ncontent-length: ";

  private final SocketChannel channel;
  private final ByteBuffer input = ByteBuffer.allocate(LARGEST_ANSWER);
  private Talk talk;
  private long began;

  Connection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  Talk talk() {
    return talk;
  }

  /** Sends a request; the answer is for that talk. */
  void send(Talk speaker, Request request) throws IOException {
    talk = speaker;
    began = System.nanoTime();
    ByteBuffer output = ByteBuffer.wrap(request.bytes());
    // A request is small, and the last one has been read: it fits into the socket's buffer.
    while (output.hasRemaining()) {
      channel.write(output);
    }
  }

  /** Reads what is there; the answer if it is whole, or else null. */
  Talk.Answer read() throws IOException {
    if (channel.read(input) < 0) {
      throw new IOException("the app has closed a connection");
    }
    String text = new String(input.array(), 0, input.position(), StandardCharsets.UTF_8);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return null;
    }
    int length = length(text.substring(0, head));
    // Nothing but ASCII is sent or asked for, so bytes are characters.
    if (text.length() < head + 4 + length) {
      return null;
    }
    input.clear();
    int status = Integer.parseInt(text, 9, 12, 10);
    return new Talk.Answer(status, text.substring(head + 4), System.nanoTime() - began);
  }

  private static int length(String head) {
    int found = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (found < 0) {
      return 0;
    }
    int from = found + LENGTH.length();
    int end = head.indexOf('\r', from);
    return Integer.parseInt(head, from, end < 0 ? head.length() : end, 10);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

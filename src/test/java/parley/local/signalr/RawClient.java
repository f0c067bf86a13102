package parley.local.signalr;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that says what the test wants, and may be deaf. */
final class RawClient implements WebSocket.Listener, AutoCloseable {

  static final char END = 0x1e;

  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final StringBuilder rest = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private volatile boolean deaf;

  RawClient(String url) {
    socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(url), this).join();
  }

  /** Sends a text as it is. */
  RawClient send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Sends a message with its end. */
  RawClient say(String message) {
    return send(message + END);
  }

  /** Shakes hands as it should be. */
  RawClient greet() throws InterruptedException {
    say("{\"protocol\":\"json\",\"version\":1}");
    String answer = next();
    if (!answer.equals("{}")) {
      throw new AssertionError(answer);
    }
    return this;
  }

  /** Reads nothing any more, not even pings of the socket. */
  RawClient goDeaf() {
    deaf = true;
    return this;
  }

  WebSocket socket() {
    return socket;
  }

  /** The next message, without its end. */
  String next() throws InterruptedException {
    String text = texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing has come");
    }
    return text;
  }

  /** The next message that is no ping. */
  String nextBesidesPings() throws InterruptedException {
    String text = next();
    while (text.equals("{\"type\":6}")) {
      text = next();
    }
    return text;
  }

  /** The status that the server has closed with; -1 if it just hung up. */
  int closed() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
    rest.append(data);
    for (int end = rest.indexOf("" + END); end >= 0; end = rest.indexOf("" + END)) {
      texts.add(rest.substring(0, end));
      rest.delete(0, end + 1);
    }
    if (!deaf) {
      source.request(1);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket source, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void onError(WebSocket source, Throwable error) {
    closed.complete(-1);
  }

  @Override
  public void close() {
    socket.abort();
  }
}

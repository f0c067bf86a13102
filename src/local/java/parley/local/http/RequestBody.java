package parley.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the body of a request within bounds. A client that is still sending when the answer comes
 * sees a broken connection instead of it, so what is too much is read and dropped, up to a limit.
 */
final class RequestBody {

  /** What a function may get, in bytes. */
  static final int LIMIT = 1 << 20;

  /** What is read and dropped beyond that, in bytes; then the connection is closed. */
  static final long DROP_LIMIT = 64L << 20;

  /** What reading has come to. */
  sealed interface Read {
    record Text(String text) implements Read {}

    /** Drained, or with an end that did not come within the limit. */
    record TooLarge(boolean drained) implements Read {}

    record NotUtf8() implements Read {}
  }

  private RequestBody() {}

  /**
   * Reads a body as UTF-8.
   *
   * @throws IOException if it breaks off, or its chunks cannot be read
   */
  static Read read(InputStream body) throws IOException {
    byte[] kept = body.readNBytes(LIMIT + 1);
    if (kept.length > LIMIT) {
      return new Read.TooLarge(drop(body));
    }
    try {
      // Unlike new String, this does not put replacement characters for what is no UTF-8.
      return new Read.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(kept)).toString());
    } catch (CharacterCodingException e) {
      return new Read.NotUtf8();
    }
  }

  /**
   * Reads to the end, keeping nothing; false if the end did not come within the limit.
   *
   * @throws IOException as {@link #read} does
   */
  static boolean drop(InputStream body) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long dropped = 0;
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      dropped += n;
      if (dropped > DROP_LIMIT) {
        return false;
      }
    }
    return true;
  }
}

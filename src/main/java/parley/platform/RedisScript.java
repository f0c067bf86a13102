package parley.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * A Lua script, which Redis runs as one step.
 *
 * @param text its source
 * @param sha what Redis knows it by
 */
public record RedisScript(String text, String sha) {

  /** Puts together a script of several files under {@code /lua}, by their names without ending. */
  public static RedisScript of(String... files) {
    return ofText(Arrays.stream(files).map(RedisScript::read).collect(Collectors.joining("\n")));
  }

  /** A script of this source. */
  public static RedisScript ofText(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new RedisScript(text, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static String read(String file) {
    try (InputStream source = RedisScript.class.getResourceAsStream("/lua/" + file + ".lua")) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package parley.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A request as it goes over the wire. */
record Request(byte[] bytes) {

  /**
   * @param token the player's, or null
   * @param body JSON
   * @param headers more of them, each with its name
   */
  static Request post(String path, String token, String body, String... headers) {
    String authorization = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
    String more = String.join("", Stream.of(headers).map(header -> header + "\r\n").toList());
    String text =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, authorization, more, body.length(), body);
    return new Request(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param token the player's
   */
  static Request get(String path, String token) {
    String text =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, token);
    return new Request(text.getBytes(StandardCharsets.US_ASCII));
  }
}

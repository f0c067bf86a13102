package parley.platform;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a function answers.
 *
 * @param body written as JSON; null for an answer without a body
 */
public record Reply(int status, Object body, Map<String, String> headers) {

  public static Reply of(int status, Object body) {
    return new Reply(status, body, Map.of());
  }

  public static Reply ok(Object body) {
    return of(200, body);
  }

  public Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, body, more);
  }
}

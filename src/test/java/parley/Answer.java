package parley;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * What the app has answered.
 *
 * @param body null if there was none, or not JSON
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

  /** The text of a field, or null. */
  public String text(String field) {
    return body == null ? null : body.path(field).textValue();
  }

  public String header(String name) {
    return headers.firstValue(name).orElse(null);
  }
}

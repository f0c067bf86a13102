package parley.local.functions;

import java.net.URI;
import java.util.Map;

/**
 * An HTTP request as the host hands it to a function.
 *
 * @param headers by lower-case name, as Azure sends them
 * @param query by name; a name given several times has its values joined by commas
 * @param body empty if the request has none
 */
public record HttpInput(
    String method, URI uri, Map<String, String> headers, Map<String, String> query, String body) {

  public HttpInput {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
  }

  /** The same request with its body, once that has been read. */
  public HttpInput withBody(String text) {
    return new HttpInput(method, uri, headers, query, text);
  }
}

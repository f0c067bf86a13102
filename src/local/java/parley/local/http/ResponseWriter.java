package parley.local.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import parley.local.functions.FunctionResponse;
import parley.local.functions.Values;

/** Writes what an HTTP function returned, by the rules of the Functions host. */
final class ResponseWriter {

  private static final String CONTENT_TYPE = "Content-Type";

  private ResponseWriter() {}

  /**
   * Makes a returned value the response.
   *
   * @param returned a response, or a plain value: 200 with it, or 204 for null
   */
  static void write(Object returned, Context context) {
    if (returned instanceof FunctionResponse response) {
      context.status(response.getStatusCode());
      write(response.body(), response.headers(), context);
    } else {
      context.status(returned == null ? 204 : 200);
      write(returned, Map.of(), context);
    }
  }

  private static void write(Object body, Map<String, String> headers, Context context) {
    // Javalin presets text/plain; only a body has a type.
    context.res().setContentType(null);
    if (body instanceof byte[] bytes) {
      context.contentType("application/octet-stream").result(bytes);
    } else if (body instanceof String text) {
      context.contentType("text/plain; charset=utf-8");
      context.result(text.getBytes(StandardCharsets.UTF_8));
    } else if (body != null) {
      context.contentType("application/json; charset=utf-8");
      context.result(Values.toJson(body).getBytes(StandardCharsets.UTF_8));
    }
    headers.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            context.res().setContentType(value);
          } else {
            context.header(name, value);
          }
        });
  }
}

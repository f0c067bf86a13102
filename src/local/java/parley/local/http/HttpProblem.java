package parley.local.http;

import com.google.gson.GsonBuilder;
import io.javalin.http.Context;

/**
 * A refusal by the host itself, as {@code application/problem+json}.
 *
 * @param type a stable slug
 * @param detail null if there is nothing more to say
 */
record HttpProblem(String type, String title, int status, String detail) {

  static final String CONTENT_TYPE = "application/problem+json";

  /** Makes this the response. */
  void answer(Context context) {
    context.status(status).contentType(CONTENT_TYPE).result(json());
  }

  String json() {
    return new GsonBuilder().disableHtmlEscaping().serializeNulls().create().toJson(this);
  }
}

package parley.local.http;

import io.javalin.http.Context;
import java.util.Collection;
import org.eclipse.jetty.http.HttpStatus;
import parley.platform.Json;
import parley.platform.Problem;

/** The problems of the host itself, in the words of the app's own, and how they are written. */
final class Refusals {

  static final String CONTENT_TYPE = "application/problem+json";

  private Refusals() {}

  /** For what the HTTP server refuses with a status and no word of ours. */
  static Problem of(int status) {
    return switch (status) {
      case 401 -> Problem.unauthenticated("a key is needed");
      case 404 -> Problem.notFound("nothing is at this path");
      case 413 -> Problem.tooLarge(RequestBody.LIMIT);
      case 414 -> tooLarge(status, "the URL is too long");
      case 431 -> tooLarge(status, "the headers are too long");
      case 400 -> Problem.malformed("the request line or the headers are not well formed");
      default ->
          status < 500 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
              ? malformed(status)
              : Problem.internal();
    };
  }

  /** A path that has other methods. */
  static Problem wrongMethod(Collection<String> allowed) {
    String detail = "the methods here are " + String.join(", ", allowed);
    return new Problem("method-not-allowed", "That cannot be done here.", 405, detail);
  }

  /** Makes a problem the response. */
  static void answer(Context context, Problem problem) {
    context.status(problem.status()).contentType(CONTENT_TYPE).result(Json.write(problem));
  }

  private static Problem tooLarge(int status, String detail) {
    return new Problem("too-large", "The request is too large.", status, detail);
  }

  /** What the number means, in HTTP's own words. */
  private static Problem malformed(int status) {
    String detail = "in the words of HTTP: " + HttpStatus.getMessage(status);
    return new Problem("malformed", Problem.malformed(detail).title(), status, detail);
  }
}

package parley.local.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import parley.platform.Json;
import parley.platform.Problem;

/** Answers what Jetty refuses before any handler sees it, such as a malformed URL. */
final class ProblemErrorHandler extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Problem problem = problem(request, response.getStatus());
    response.setStatus(problem.status());
    // Javalin makes a session for each WebSocket that is asked for, even in vain.
    response.getHeaders().remove(HttpHeader.SET_COOKIE);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Refusals.CONTENT_TYPE);
    byte[] json = Json.write(problem).getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(json), callback);
    return true;
  }

  private static Problem problem(Request request, int status) {
    if (status == 404 && request.getHeaders().contains(HttpHeader.UPGRADE)) {
      return Problem.notFound("no WebSocket is at this path");
    }
    return Refusals.of(status);
  }
}

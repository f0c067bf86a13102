package parley.local.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.local.functions.FunctionDefinition;
import parley.local.functions.FunctionInvoker;
import parley.local.functions.HttpInput;
import parley.local.http.RouteTable.Match;

/** Answers requests below {@code /api} with the app's HTTP functions. */
public final class HttpFunctions {

  static final String PREFIX = "/api/";
  static final HttpProblem INTERNAL_ERROR =
      new HttpProblem("internal-error", "Something went wrong on our side", 500, null);

  private static final Logger LOG = Logger.getLogger(HttpFunctions.class.getName());

  private final RouteTable routes;
  private final FunctionInvoker invoker;
  private final FunctionKey key;

  public HttpFunctions(RouteTable routes, FunctionInvoker invoker, String functionKey) {
    this.routes = routes;
    this.invoker = invoker;
    this.key = new FunctionKey(functionKey);
  }

  /** Answers one request, whatever it is. */
  void answer(Context context) throws IOException {
    List<String> path;
    HttpInput input;
    try {
      path = segments(context.req().getRequestURI().substring(PREFIX.length()));
      input = input(context);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, "a URL that cannot be read", e);
      refuse(context, new HttpProblem("bad-request", "The URL is malformed", 400, null));
      return;
    }
    Match match = routes.find(input.method(), path);
    if (match instanceof Match.Found found) {
      call(found, input, context);
    } else if (match instanceof Match.WrongMethod wrong) {
      String allowed = String.join(", ", wrong.allowed());
      context.header("Allow", allowed);
      refuse(
          context,
          new HttpProblem(
              "method-not-allowed", "This route has other methods", 405, "Allowed: " + allowed));
    } else {
      refuse(context, new HttpProblem("not-found", "There is no such route", 404, null));
    }
  }

  private void call(Match.Found found, HttpInput withoutBody, Context context) throws IOException {
    FunctionDefinition function = found.function();
    if (!function.trigger().text("authLevel").equals("ANONYMOUS") && !key.opens(context)) {
      refuse(
          context,
          new HttpProblem(
              "unauthorized",
              "A function key is needed",
              401,
              "Send it as ?code= or in the header x-functions-key."));
      return;
    }
    RequestBody.Read body = RequestBody.read(context.req().getInputStream());
    if (body.tooLarge()) {
      tooLarge(context, body.drained());
      return;
    }
    HttpInput input = withoutBody.withBody(body.text());
    try {
      Map<String, String> metadata = new HashMap<>(input.query());
      metadata.putAll(found.parameters());
      ResponseWriter.write(invoker.invoke(function, input, metadata), context);
    } catch (Exception e) {
      LOG.log(Level.SEVERE, e, () -> "function " + function.name() + " failed");
      INTERNAL_ERROR.answer(context);
    }
  }

  private static void tooLarge(Context context, boolean drained) {
    if (!drained) {
      context.header("Connection", "close");
    }
    new HttpProblem(
            "too-large",
            "The body is too large",
            413,
            "At most %d bytes are read.".formatted(RequestBody.LIMIT))
        .answer(context);
  }

  /** Answers without a function; the body is dropped, so that the client sees the answer. */
  private static void refuse(Context context, HttpProblem problem) throws IOException {
    if (!RequestBody.drop(context.req().getInputStream())) {
      context.header("Connection", "close");
    }
    problem.answer(context);
  }

  private static HttpInput input(Context context) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(context.req().getHeaderNames())) {
      headers.put(
          name.toLowerCase(Locale.ROOT),
          String.join(",", Collections.list(context.req().getHeaders(name))));
    }
    Map<String, String> query = new HashMap<>();
    context.queryParamMap().forEach((name, values) -> query.put(name, String.join(",", values)));
    return new HttpInput(
        context.req().getMethod(), URI.create(context.fullUrl()), headers, query, "");
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/")) {
      // In a path a plus is a plus.
      segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return segments;
  }
}

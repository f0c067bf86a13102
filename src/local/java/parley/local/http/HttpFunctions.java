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
import parley.platform.Problem;

/** Answers requests below {@code /api} with the app's HTTP functions. */
public final class HttpFunctions {

  static final String PREFIX = "/api/";

  private static final Problem NO_KEY =
      new Problem(
          "unauthenticated",
          "A function key is needed.",
          401,
          "send it as ?code= or in the header x-functions-key");

  private static final Logger LOG = Logger.getLogger(HttpFunctions.class.getName());

  private final RouteTable routes;
  private final FunctionInvoker invoker;
  private final FunctionKey key;
  private final Cors cors;

  public HttpFunctions(RouteTable routes, FunctionInvoker invoker, String functionKey, Cors cors) {
    this.routes = routes;
    this.invoker = invoker;
    this.key = new FunctionKey(functionKey);
    this.cors = cors;
  }

  /** Answers one request, whatever it is. */
  void answer(Context context) throws IOException {
    if (cors.answersFor(context)) {
      return;
    }
    List<String> path;
    HttpInput input;
    try {
      path = segments(context.req().getRequestURI().substring(PREFIX.length()));
      input = input(context);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, "a URL that cannot be read", e);
      refuse(context, Problem.malformed("the URL cannot be read"));
      return;
    }
    Match match = routes.find(input.method(), path);
    if (match instanceof Match.Found found) {
      call(found, input, context);
    } else if (match instanceof Match.WrongMethod wrong) {
      context.header("Allow", String.join(", ", wrong.allowed()));
      refuse(context, Refusals.wrongMethod(wrong.allowed()));
    } else {
      refuse(context, Problem.notFound("no function has this route"));
    }
  }

  private void call(Match.Found found, HttpInput input, Context context) throws IOException {
    FunctionDefinition function = found.function();
    if (!function.trigger().text("authLevel").equals("ANONYMOUS") && !key.opens(context)) {
      refuse(context, NO_KEY);
      return;
    }
    RequestBody.Read body = RequestBody.read(context.req().getInputStream());
    if (body instanceof RequestBody.Read.Text text) {
      invoke(found, input.withBody(text.text()), context);
    } else if (body instanceof RequestBody.Read.TooLarge tooLarge) {
      refuse(context, Problem.tooLarge(RequestBody.LIMIT), tooLarge.drained());
    } else {
      Refusals.answer(context, Problem.malformed("the body is no UTF-8"));
    }
  }

  private void invoke(Match.Found found, HttpInput input, Context context) {
    try {
      Map<String, String> metadata = new HashMap<>(input.query());
      metadata.putAll(found.parameters());
      ResponseWriter.write(invoker.invoke(found.function(), input, metadata), context);
    } catch (Exception e) {
      LOG.log(Level.SEVERE, e, () -> "function " + found.function().name() + " failed");
      Refusals.answer(context, Problem.internal());
    }
  }

  /** Answers without a function; the body is dropped, so that the client sees the answer. */
  private static void refuse(Context context, Problem problem) throws IOException {
    refuse(context, problem, RequestBody.drop(context.req().getInputStream()));
  }

  private static void refuse(Context context, Problem problem, boolean drained) {
    if (!drained) {
      context.header("Connection", "close");
    }
    Refusals.answer(context, problem);
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

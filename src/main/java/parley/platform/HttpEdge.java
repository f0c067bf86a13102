package parley.platform;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one place that reads requests and writes responses. It authenticates, limits and parses,
 * hands the function a {@link Call}, and turns its {@link Reply} or its {@link ProblemException}
 * into HTTP.
 */
public final class HttpEdge {

  /** Bytes that a body may have. */
  public static final int BODY_LIMIT = 16 * 1024;

  private static final Logger LOG = Logger.getLogger(HttpEdge.class.getName());

  private final Authenticator authenticator;
  private final RateLimit limit;

  public HttpEdge(Authenticator authenticator, RateLimit limit) {
    this.authenticator = authenticator;
    this.limit = limit;
  }

  /**
   * A request, checked.
   *
   * @param playerId who asks, verified; null on an open route, and for who has no token
   * @param body the parsed body; null on a route without one
   */
  public record Call<B>(UUID playerId, B body, HttpRequestMessage<Optional<String>> request) {

    public Optional<String> header(String name) {
      // The worker hands headers over in lower case.
      return Optional.ofNullable(request.getHeaders().get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> query(String name) {
      return Optional.ofNullable(request.getQueryParameters().get(name));
    }

    /**
     * An id in the query.
     *
     * @throws ProblemException 400 if it is no GUID
     */
    public Optional<UUID> queryId(String name) {
      return query(name)
          .map(
              text ->
                  Guid.of(text)
                      .orElseThrow(() -> Problem.malformed(name + " is a GUID").exception()));
    }
  }

  /** Answers a route that anybody may call, without a body. */
  public HttpResponseMessage open(
      HttpRequestMessage<Optional<String>> request, Function<Call<Void>, Reply> function) {
    return answer(request, () -> function.apply(new Call<>(null, null, request)));
  }

  /** Answers a route that anybody may call, with a JSON object as its body. */
  public <B> HttpResponseMessage open(
      HttpRequestMessage<Optional<String>> request,
      Class<B> body,
      Function<Call<B>, Reply> function) {
    return answer(request, () -> function.apply(new Call<>(null, parse(request, body), request)));
  }

  /**
   * Answers a route that anybody may call, and players under their name, with a JSON object as its
   * body. Who sends no token is nobody, who sends a bad one is refused.
   */
  public <B> HttpResponseMessage anybody(
      HttpRequestMessage<Optional<String>> request,
      Class<B> body,
      Function<Call<B>, Reply> function) {
    return answer(
        request,
        () -> {
          boolean signedIn = request.getHeaders().containsKey("authorization");
          UUID playerId = signedIn ? playerOf(request) : null;
          return function.apply(new Call<>(playerId, parse(request, body), request));
        });
  }

  /** Answers a route for players, without a body. */
  public HttpResponseMessage player(
      HttpRequestMessage<Optional<String>> request, Function<Call<Void>, Reply> function) {
    return answer(request, () -> function.apply(new Call<>(playerOf(request), null, request)));
  }

  /** Answers a route for players, with a JSON object as its body. */
  public <B> HttpResponseMessage player(
      HttpRequestMessage<Optional<String>> request,
      Class<B> body,
      Function<Call<B>, Reply> function) {
    return answer(
        request,
        () -> {
          UUID playerId = playerOf(request);
          return function.apply(new Call<>(playerId, parse(request, body), request));
        });
  }

  /**
   * Reads an id that stands in the path.
   *
   * @throws ProblemException 404 if it is no GUID, for then nothing has it
   */
  public static UUID id(String text) {
    return Guid.of(text).orElseThrow(() -> Problem.notFound("ids are GUIDs").exception());
  }

  private UUID playerOf(HttpRequestMessage<?> request) {
    String header = request.getHeaders().getOrDefault("authorization", "");
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw Problem.unauthenticated("the header Authorization: Bearer … is missing").exception();
    }
    UUID playerId = authenticator.authenticate(header.substring(7).strip());
    limit.count(playerId);
    return playerId;
  }

  private static <B> B parse(HttpRequestMessage<Optional<String>> request, Class<B> type) {
    String text = request.getBody().orElse("");
    if (text.length() > BODY_LIMIT || text.getBytes(StandardCharsets.UTF_8).length > BODY_LIMIT) {
      throw Problem.tooLarge(BODY_LIMIT).exception();
    }
    if (text.isBlank()) {
      throw Problem.malformed("a JSON object is expected as the body").exception();
    }
    return Json.readForeign(text, type);
  }

  private interface Handler {
    Reply reply();
  }

  private static HttpResponseMessage answer(
      HttpRequestMessage<Optional<String>> request, Handler handler) {
    try {
      return write(request, handler.reply(), "application/json");
    } catch (ProblemException e) {
      if (e.problem().status() >= 500) {
        // In one line: in an outage there are many of them.
        String cause = e.getCause() == null ? "" : " (" + e.getCause() + ")";
        LOG.log(Level.WARNING, "{0}{1}", new Object[] {e.getMessage(), cause});
      }
      return refuse(request, e.problem());
    } catch (Json.MalformedException e) {
      return refuse(request, Problem.malformed(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a function failed", e);
      return refuse(request, Problem.internal());
    }
  }

  private static HttpResponseMessage refuse(HttpRequestMessage<?> request, Problem problem) {
    Reply reply = Reply.of(problem.status(), problem);
    if (problem.status() == 401) {
      reply = reply.header("WWW-Authenticate", "Bearer");
    }
    if (problem.retryAfter() != null) {
      long seconds = Math.max(1, problem.retryAfter().toSeconds());
      reply = reply.header("Retry-After", Long.toString(seconds));
    }
    return write(request, reply, "application/problem+json");
  }

  private static HttpResponseMessage write(
      HttpRequestMessage<?> request, Reply reply, String contentType) {
    HttpResponseMessage.Builder response =
        request.createResponseBuilder(HttpStatusType.custom(reply.status()));
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      response.header(header.getKey(), header.getValue());
    }
    if (reply.body() != null) {
      response.header("Content-Type", contentType).body(Json.write(reply.body()));
    }
    return response.build();
  }
}

package parley.local.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import parley.platform.Json;
import parley.platform.Problem;

/** The HTTP port of the local host: the functions below {@code /api}, and whatever else it has. */
public final class HttpFront implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(HttpFront.class.getName());

  /** More than the second after which Jetty, when stopping, gives up an idle connection. */
  private static final long STOP_MILLIS = 1_500;

  /**
   * Requests beyond that wait in line: on a laptop's few cores, and with as few connections to the
   * database, more threads would not do more, but get in each other's way.
   */
  private static final int MOST_THREADS = 16;

  private static final int FEWEST_THREADS = 4;

  private final Javalin server;

  private HttpFront(Javalin server) {
    this.server = server;
  }

  /**
   * Opens the port, on 127.0.0.1 only.
   *
   * @param port 0 for any that is free
   * @param others adds routes outside {@code /api}
   */
  public static HttpFront start(int port, HttpFunctions functions, Consumer<RoutesConfig> others) {
    Javalin server = Javalin.create(config -> configure(config, functions, others));
    server.start("127.0.0.1", port);
    return new HttpFront(server);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Takes no new requests, and lets those under way finish for a second and a half. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (JavalinException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      LOG.log(Level.INFO, "some requests were cut off");
    }
  }

  private static void configure(
      JavalinConfig config, HttpFunctions functions, Consumer<RoutesConfig> others) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.router.caseInsensitiveRoutes = true;
    config.router.javaLangErrorHandler(HttpFront::answerError);
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setErrorHandler(new ProblemErrorHandler());
        });
    // Not a handler by method: of those there would be none for methods that HTTP does not know.
    config.routes.before(
        HttpFunctions.PREFIX + "*",
        context -> {
          context.skipRemainingHandlers();
          functions.answer(context);
        });
    others.accept(config.routes);
    config.routes.exception(HttpResponseException.class, HttpFront::answerRefusal);
    config.routes.exception(IOException.class, HttpFront::answerBroken);
    config.routes.exception(HttpException.RuntimeException.class, HttpFront::answerBroken);
    config.routes.exception(Exception.class, HttpFront::answerFailure);
  }

  /** What Javalin itself refuses: an unknown path outside {@code /api}, a wrong method. */
  private static void answerRefusal(HttpResponseException refusal, Context context) {
    // Javalin tells them with a wrong method, as "GET, POST".
    String allowed = refusal.getDetails().get("availableMethods");
    if (allowed != null) {
      context.header("Allow", allowed);
      Refusals.answer(context, Refusals.wrongMethod(List.of(allowed)));
    } else {
      Refusals.answer(context, Refusals.of(refusal.getStatus()));
    }
  }

  /** A body that broke off or whose chunks cannot be read; nothing after it can be read either. */
  private static void answerBroken(Exception broken, Context context) {
    LOG.log(Level.FINE, "a body that cannot be read", broken);
    context.header("Connection", "close");
    Refusals.answer(context, Problem.malformed("the body cannot be read to its end"));
  }

  /** An Error, such as a stack overflow in a function: the request fails, the host lives on. */
  private static void answerError(HttpServletResponse response, Error error) {
    LOG.log(Level.SEVERE, "a request failed", error);
    try {
      response.setStatus(500);
      response.setContentType(Refusals.CONTENT_TYPE);
      response
          .getOutputStream()
          .write(Json.write(Problem.internal()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the client did not wait for the answer", e);
    }
  }

  private static void answerFailure(Exception failure, Context context) {
    // The path, not the URL: a query may hold a key.
    LOG.log(Level.SEVERE, failure, () -> context.method() + " " + context.path() + " failed");
    Refusals.answer(context, Problem.internal());
  }
}

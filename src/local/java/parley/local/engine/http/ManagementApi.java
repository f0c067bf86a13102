package parley.local.engine.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.StoreException;

/**
 * The management API of Durable Functions, under {@code /runtime/webhooks/durabletask}, as the
 * Durable Functions extension answers it. Every request carries the system key, as {@code ?code=}
 * or as the header {@code x-functions-key}; 401 without it. 503 when the engine is busy. The routes
 * ignore case if the server's router does.
 */
public final class ManagementApi {

  private static final String BASE = "/runtime/webhooks/durabletask";
  private static final String INSTANCES = BASE + "/instances";
  private static final String INSTANCE = INSTANCES + "/{id}";
  private static final String ORCHESTRATORS = BASE + "/orchestrators";

  private final SystemKey key;
  private final Statuses statuses;
  private final Operations operations;
  private final Purges purges;
  private final Starts starts;

  /**
   * @param systemKey what every request must carry
   */
  public ManagementApi(TaskHub hub, String systemKey) {
    key = new SystemKey(systemKey);
    statuses = new Statuses(hub, key);
    operations = new Operations(hub);
    purges = new Purges(hub);
    starts = new Starts(hub, statuses, new Links(BASE, key));
  }

  /** Adds the routes of this API, and nothing else. */
  public void routes(RoutesConfig routes) {
    routes.before(BASE + "/*", this::authorize);
    routes.get(INSTANCES, statuses::list);
    routes.get(INSTANCE, statuses::one);
    routes.post(INSTANCE + "/raiseEvent/{name}", unlessAway(operations::raise));
    routes.post(INSTANCE + "/terminate", unlessAway(operations::terminate));
    routes.post(INSTANCE + "/suspend", unlessAway(operations::suspend));
    routes.post(INSTANCE + "/resume", unlessAway(operations::resume));
    routes.post(INSTANCE + "/rewind", unlessAway(operations::rewind));
    routes.post(INSTANCE + "/restart", unlessAway(starts::restart));
    routes.delete(INSTANCES, unlessAway(purges::many));
    routes.delete(INSTANCE, unlessAway(purges::one));
    routes.post(ORCHESTRATORS + "/{function}", unlessAway(starts::start));
    routes.post(ORCHESTRATORS + "/{function}/{id}", unlessAway(starts::start));
    for (HandlerType method :
        List.of(
            HandlerType.GET,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE)) {
      routes.addHttpHandler(method, BASE + "/*", http -> http.status(404)); // also a wrong method
    }
  }

  private void authorize(Context http) {
    if (!key.opens(http)) {
      http.status(401).skipRemainingHandlers();
    }
  }

  private static Handler unlessAway(Handler handler) {
    return http -> {
      try {
        handler.handle(http);
      } catch (RejectedExecutionException | StoreException e) {
        tryLater(http, e);
      } catch (CompletionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RejectedExecutionException || cause instanceof StoreException) {
          tryLater(http, cause);
        } else {
          throw e;
        }
      }
    };
  }

  /** The engine has too much to do, or cannot write at present. */
  private static void tryLater(Context http, Throwable why) {
    http.header("Retry-After", "1");
    Refusals.answer(http, 503, why.getMessage());
  }
}

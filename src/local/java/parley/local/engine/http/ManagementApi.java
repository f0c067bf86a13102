package parley.local.engine.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import parley.local.engine.hub.TaskHub;

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
    routes.post(INSTANCE + "/raiseEvent/{name}", unlessBusy(operations::raise));
    routes.post(INSTANCE + "/terminate", unlessBusy(operations::terminate));
    routes.post(INSTANCE + "/suspend", unlessBusy(operations::suspend));
    routes.post(INSTANCE + "/resume", unlessBusy(operations::resume));
    routes.post(INSTANCE + "/rewind", unlessBusy(operations::rewind));
    routes.post(INSTANCE + "/restart", unlessBusy(starts::restart));
    routes.delete(INSTANCES, unlessBusy(purges::many));
    routes.delete(INSTANCE, unlessBusy(purges::one));
    routes.post(ORCHESTRATORS + "/{function}", unlessBusy(starts::start));
    routes.post(ORCHESTRATORS + "/{function}/{id}", unlessBusy(starts::start));
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

  private static Handler unlessBusy(Handler handler) {
    return http -> {
      try {
        handler.handle(http);
      } catch (RejectedExecutionException busy) {
        tryLater(http, busy);
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof RejectedExecutionException busy)) {
          throw e;
        }
        tryLater(http, busy);
      }
    };
  }

  private static void tryLater(Context http, RejectedExecutionException busy) {
    http.header("Retry-After", "1");
    Refusals.answer(http, 503, busy.getMessage());
  }
}

package parley.local.push;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import parley.local.eventhubs.sas.SasException;
import parley.local.eventhubs.sas.SasKey;
import parley.platform.Json;

/** The REST API of one notification hub, as much of it as a game needs, and a look at what came. */
final class HubRoutes {

  static final String LIST = "/notificationhub";

  /** Notifications that are shown at once. */
  private static final int SHOWN = 1_000;

  private static final String INSTALLATION = "/{hub}/installations/{id}";
  private static final String MESSAGES = "/{hub}/messages";
  private static final int BODY_LIMIT = 64 * 1024;

  private final String hub;
  private final SasKey key;
  private final Clock clock;
  private final PushStore store;

  private final AtomicInteger refused = new AtomicInteger();
  private volatile Trouble trouble;

  HubRoutes(String hub, SasKey key, Clock clock, PushStore store) {
    this.hub = hub;
    this.key = key;
    this.clock = clock;
    this.store = store;
  }

  /**
   * @param trouble null for none
   */
  void trouble(Trouble trouble) {
    this.trouble = trouble;
  }

  /** How many requests it was in trouble for. */
  int refused() {
    return refused.get();
  }

  void routes(RoutesConfig routes) {
    routes.get(LIST, this::list);
    routes.put(INSTALLATION, guarded(this::install));
    routes.get(INSTALLATION, guarded(this::show));
    routes.delete(INSTALLATION, guarded(this::remove));
    routes.post(MESSAGES, guarded(this::send));
    routes.exception(Refusal.class, HubRoutes::refuse);
  }

  private Handler guarded(Handler handler) {
    return http -> {
      Trouble now = trouble;
      if (now != null) {
        refused.incrementAndGet();
        if (now.retryAfter() != null) {
          http.header("Retry-After", Long.toString(now.retryAfter().toSeconds()));
        }
        throw new Refusal(now.status(), "the service is in trouble");
      }
      authorize(http);
      if (!http.pathParam("hub").equalsIgnoreCase(hub)) {
        throw new Refusal(404, "there is no notification hub of this name");
      }
      if (http.queryParam("api-version") == null) {
        throw new Refusal(400, "api-version is missing");
      }
      try {
        handler.handle(http);
      } catch (IllegalArgumentException e) {
        throw new Refusal(400, e.getMessage());
      } catch (Json.MalformedException e) {
        throw new Refusal(400, "the body cannot be read: " + e.getMessage());
      }
    };
  }

  private void authorize(Context http) {
    String token = http.header("Authorization");
    try {
      key.require(token == null ? "" : token, http.path(), clock.instant());
    } catch (SasException e) {
      throw new Refusal(401, e.getMessage());
    }
  }

  private void install(Context http) throws SQLException {
    Installation installation = Json.read(body(http), Installation.class).fresh();
    if (!installation.installationId().equals(http.pathParam("id"))) {
      throw new Refusal(400, "the installationId of the body is not that of the address");
    }
    store.put(installation);
    http.header("Content-Location", http.url());
  }

  private void show(Context http) {
    Installation installation =
        store
            .find(http.pathParam("id"))
            .orElseThrow(() -> new Refusal(404, "there is no such installation"));
    http.contentType("application/json").result(Json.write(installation));
  }

  /** Also well if there was none. */
  private void remove(Context http) throws SQLException {
    store.remove(http.pathParam("id"));
    http.status(204);
  }

  private void send(Context http) throws SQLException {
    Format format =
        Format.ofHeader(http.header("ServiceBusNotification-Format"))
            .orElseThrow(
                () -> new Refusal(400, "ServiceBusNotification-Format must be fcmv1 or apple"));
    String contentType = http.header("Content-Type");
    if (contentType == null || !contentType.startsWith("application/json")) {
      throw new Refusal(400, "Content-Type must be application/json;charset=utf-8");
    }
    Message message = Message.read(format, body(http), http::header);
    String tag = http.header("ServiceBusNotification-Tags");
    List<String> reached = reached(format, tag);
    Instant now = clock.instant();
    store.add(
        number ->
            new ReceivedPush(
                number,
                now,
                tag,
                format.header,
                message.collapseKey(),
                message.title(),
                message.body(),
                message.data(),
                reached));
    http.status(201)
        .header("Location", http.url() + "/" + UUID.randomUUID() + "?" + http.queryString());
  }

  private List<String> reached(Format format, String tag) {
    Predicate<Set<String>> meant = tag == null ? any -> true : TagExpression.of(tag);
    return store.all().stream()
        .filter(one -> one.platform().equals(format.platform) && !one.expiredPushChannel())
        .filter(one -> meant.test(one.allTags()))
        .map(Installation::installationId)
        .sorted()
        .toList();
  }

  /** What was sent, newest last; {@code ?after=} a number, only what came since. */
  private void list(Context http) throws SQLException {
    String after = http.queryParam("after");
    boolean readable = after == null || after.matches("\\d{1,18}");
    if (!readable) {
      throw new Refusal(400, "after is the number of a notification");
    }
    List<ReceivedPush> shown =
        after == null ? store.newest(SHOWN) : store.after(Long.parseLong(after), SHOWN);
    http.contentType("application/json").result(Json.write(shown));
  }

  private static String body(Context http) {
    byte[] bytes = http.bodyAsBytes();
    if (bytes.length > BODY_LIMIT) {
      throw new Refusal(413, "a request has at most " + BODY_LIMIT + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void refuse(Refusal refusal, Context http) {
    http.status(refusal.status()).contentType("application/xml").result(refusal.xml());
  }
}

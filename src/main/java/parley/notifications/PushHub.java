package parley.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.platform.Json;
import parley.platform.Problem;
import parley.platform.ProblemException;

/**
 * One hub of Azure Notification Hubs, by its REST API. It is told of devices, and hands a
 * notification to Google or Apple for those with a tag. Taking a notification is all that it
 * promises: that a device is gone, it learns later, and {@link #knows} tells.
 *
 * <p>Each call throws a {@link ProblemException} with when to try again if the hub cannot be
 * reached, has too much to do or does not let us in; until then it is not asked.
 */
public final class PushHub {

  /** What a hub knows of an installation. */
  enum Knowledge {
    /** It is there, with this token. */
    SAME,
    /** It is not there, or with another token. */
    OTHER,
    /** It is there, and the platform does not know the token any more. */
    EXPIRED
  }

  /** The hub understood, and will not do it, now or later. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String what, int status) {
      super("the push service refused " + what + " with " + status);
    }
  }

  private static final String API_VERSION = "?api-version=2020-06";
  private static final String JSON = "application/json;charset=utf-8";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final HubAddress hub;
  private final SasTokens tokens;
  private final Clock clock;
  private final Respite respite;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * Connects at the first call.
   *
   * @param connectionString {@code Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…}
   * @throws IllegalArgumentException if it is none; the message names the setting, not its value
   */
  public PushHub(String connectionString, String name, Clock clock) {
    this.hub = HubAddress.of(connectionString, name);
    this.tokens = new SasTokens(hub, clock);
    this.clock = clock;
    this.respite = new Respite(clock);
  }

  /** Tells the hub of a device; the same again changes nothing. */
  void install(Device device) {
    Map<String, Object> installation =
        Map.of(
            "installationId", device.installationId(),
            "platform", device.platform().text(),
            "pushChannel", device.token(),
            "tags", List.of(device.playerTag(), device.tag()));
    HttpRequest request =
        request(installation(device.installationId()))
            .header("Content-Type", JSON)
            .PUT(BodyPublishers.ofString(Json.write(installation)))
            .build();
    succeed("a device", call(request));
  }

  /** Has the hub forget a device, if it knows it. */
  void uninstall(String installationId) {
    HttpResponse<String> response = call(request(installation(installationId)).DELETE().build());
    if (response.statusCode() != 404) {
      succeed("to forget a device", response);
    }
  }

  /** Asks the hub what it knows of a device. */
  Knowledge knows(Device device) {
    HttpResponse<String> response = call(request(installation(device.installationId())).build());
    switch (response.statusCode()) {
      case 404:
        return Knowledge.OTHER;
      case 410:
        return Knowledge.EXPIRED;
      default:
        succeed("to show a device", response);
    }
    JsonNode installation = Json.read(response.body(), JsonNode.class);
    if (!device.token().equals(installation.path("pushChannel").asText())) {
      return Knowledge.OTHER;
    }
    return installation.path("expiredPushChannel").asBoolean() ? Knowledge.EXPIRED : Knowledge.SAME;
  }

  /**
   * Sends a notification to devices of one platform, at most 20; returns when the hub has taken it.
   * If there was no answer it may have taken it all the same.
   */
  void send(Push push, Platform platform, List<Device> devices) {
    PushMessage message = PushMessage.of(platform, push, clock.instant());
    String tags = devices.stream().map(Device::tag).collect(Collectors.joining(" || "));
    HttpRequest.Builder request =
        request("/messages/")
            .header("Content-Type", JSON)
            .header("ServiceBusNotification-Format", platform.format())
            .header("ServiceBusNotification-Tags", tags);
    message.headers().forEach(request::header);
    succeed("a push", call(request.POST(BodyPublishers.ofString(message.body())).build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(hub.uri() + path + API_VERSION))
        .timeout(TIMEOUT)
        .header("Authorization", tokens.token());
  }

  private static String installation(String id) {
    return "/installations/" + id;
  }

  /** Asks the hub; returns its answer if it serves, well or ill. */
  private HttpResponse<String> call(HttpRequest request) {
    respite.require();
    HttpResponse<String> response;
    try {
      response = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw respite.begin(Respite.SHORT, e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      respite.unknown();
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("the push service"), e);
    }
    int status = response.statusCode();
    // What they mean is in the REST reference; 403 is the quota.
    if (status >= 500 || Set.of(403, 408, 429).contains(status)) {
      throw respite.begin(Respite.asked(response, clock), "status " + status);
    }
    // Wrong settings. They may be put right while the push is waiting.
    if (status == 401) {
      throw respite.begin(Respite.LONG, "status 401");
    }
    respite.end();
    return response;
  }

  private void succeed(String what, HttpResponse<String> response) {
    int status = response.statusCode();
    switch (status) {
      case 200, 201, 204 -> {}
      case 400, 413 -> throw new RefusedException(what, status);
      // The name of the hub is wrong, and may be put right too.
      case 404 -> throw respite.begin(Respite.LONG, "status 404");
      default -> throw respite.begin(Respite.asked(response, clock), "status " + status);
    }
  }
}

package parley.notifications;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.platform.HttpEdge;
import parley.platform.Problem;
import parley.platform.Reply;

/** Where a player's pushes go. */
public final class DeviceFunctions {

  private static final String ROUTE = "players/me/devices/{installationId}";

  /** What an address of Notification Hubs may hold. */
  private static final Pattern INSTALLATION = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final HttpEdge edge;
  private final Devices devices;

  public DeviceFunctions(HttpEdge edge, Devices devices) {
    this.edge = edge;
    this.devices = devices;
  }

  /**
   * @param token what the platform knows the device by: for Apple's in hexadecimal
   */
  record RegisterRequest(Platform platform, String token) {

    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");
    private static final Pattern APNS_TOKEN = Pattern.compile("[0-9a-fA-F]{1,4096}");

    RegisterRequest {
      if (platform == null) {
        throw new IllegalArgumentException("platform must be fcmv1 or apns");
      }
      if (token == null || !TOKEN.matcher(token).matches()) {
        throw new IllegalArgumentException("token must be a text of 1 to 4096 characters of ASCII");
      }
      if (platform == Platform.APNS && !APNS_TOKEN.matcher(token).matches()) {
        throw new IllegalArgumentException("a token of apns is written in hexadecimal");
      }
    }
  }

  record Registered(String installationId, Platform platform) {}

  /** Registers the game on a device: 201 if it is new to this player, else 200. */
  @FunctionName("RegisterDevice")
  public HttpResponseMessage registerDevice(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.PUT,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = ROUTE)
          HttpRequestMessage<Optional<String>> request,
      @BindingName("installationId") String installationId) {
    return edge.player(
        request,
        RegisterRequest.class,
        call -> {
          if (!INSTALLATION.matcher(installationId).matches()) {
            throw Problem.malformed("installationId is 1 to 64 of A-Z, a-z, 0-9, _, . and -")
                .exception();
          }
          RegisterRequest body = call.body();
          Device device =
              new Device(call.playerId(), installationId, body.platform(), body.token(), null);
          boolean created = devices.register(device);
          return Reply.of(created ? 201 : 200, new Registered(installationId, body.platform()));
        });
  }

  /** Ends the pushes to a device, as when the player signs out there. */
  @FunctionName("RemoveDevice")
  public HttpResponseMessage removeDevice(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.DELETE,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = ROUTE)
          HttpRequestMessage<Optional<String>> request,
      @BindingName("installationId") String installationId) {
    return edge.player(
        request,
        call -> {
          boolean removed =
              INSTALLATION.matcher(installationId).matches()
                  && devices.remove(call.playerId(), installationId);
          if (!removed) {
            throw Problem.notFound("the player has no such device").exception();
          }
          return Reply.of(204, null);
        });
  }
}

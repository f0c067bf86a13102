package parley.players;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import parley.platform.HttpEdge;
import parley.platform.OwnAddress;
import parley.platform.Problem;
import parley.platform.Reply;
import parley.players.PlayerStore.Change;
import parley.players.PlayerStore.Player;
import parley.players.PlayerStore.Registration;

/** Signing in, and the player's own profile. */
public final class PlayerFunctions {

  private static final String GUEST = "Guest";

  private final HttpEdge edge;
  private final PlayerStore players;
  private final Tokens tokens;
  private final OwnAddress address;
  private final Clock clock;

  public PlayerFunctions(
      HttpEdge edge, PlayerStore players, Tokens tokens, OwnAddress address, Clock clock) {
    this.edge = edge;
    this.players = players;
    this.tokens = tokens;
    this.address = address;
    this.clock = clock;
  }

  /**
   * @param deviceId a secret of 16 to 128 characters that the device keeps
   * @param name how the player is called, 1 to 100 characters; null for a guest
   */
  record RegisterRequest(String deviceId, String name) {
    RegisterRequest {
      if (deviceId == null || deviceId.length() < 16 || deviceId.length() > 128) {
        throw new IllegalArgumentException("deviceId must be a text of 16 to 128 characters");
      }
      name = name == null ? GUEST : checked(name);
    }
  }

  /**
   * What a profile is to be; null leaves it as it is.
   *
   * @param locale the language of notifications, as a BCP 47 tag
   * @param notifications whether the player wants any
   */
  record UpdateRequest(String name, String locale, Boolean notifications) {
    UpdateRequest {
      if (name == null && locale == null && notifications == null) {
        throw new IllegalArgumentException("name, locale or notifications must be there");
      }
      name = name == null ? null : checked(name);
      locale = locale == null ? null : language(locale);
    }
  }

  record SignedIn(UUID playerId, String name, String token, Instant expiresAt) {}

  /**
   * Guest login: 201 for a new player, whose {@code Location} names the one app that the player is
   * at home in; 200 for a device that is known.
   */
  @FunctionName("RegisterPlayer")
  public HttpResponseMessage registerPlayer(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "players")
          HttpRequestMessage<Optional<String>> request) {
    return edge.open(
        request,
        RegisterRequest.class,
        call -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          Player newcomer = Player.newcomer(UUID.randomUUID(), call.body().name(), now);
          Registration registration = players.register(call.body().deviceId(), newcomer);
          Player player = registration.player();
          Tokens.Token token = tokens.issue(player.playerId());
          SignedIn signedIn =
              new SignedIn(player.playerId(), player.name(), token.text(), token.expiresAt());
          return registration.created()
              ? Reply.of(201, signedIn)
                  .header("Location", address.of(request.getUri(), "/api/players/me"))
              : Reply.ok(signedIn);
        });
  }

  /** The profile of the player who asks. */
  @FunctionName("LoadPlayer")
  public HttpResponseMessage loadPlayer(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "players/me")
          HttpRequestMessage<Optional<String>> request) {
    return edge.player(request, call -> Reply.ok(profile(call.playerId())));
  }

  /** Changes the profile of the player who asks. */
  @FunctionName("UpdatePlayer")
  public HttpResponseMessage updatePlayer(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.PATCH,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "players/me")
          HttpRequestMessage<Optional<String>> request) {
    return edge.player(
        request,
        UpdateRequest.class,
        call -> {
          UpdateRequest wanted = call.body();
          players.change(
              call.playerId(),
              new Change(wanted.name(), wanted.locale(), wanted.notifications()),
              clock.instant());
          return Reply.ok(profile(call.playerId()));
        });
  }

  private Player profile(UUID playerId) {
    return players.find(playerId).orElseThrow(() -> Problem.unknownPlayer().exception());
  }

  private static String language(String tag) {
    try {
      String canonical = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
      if (tag.length() <= 35 && !canonical.equals("und")) {
        return canonical;
      }
    } catch (IllformedLocaleException e) {
      // Said below.
    }
    throw new IllegalArgumentException("locale is a BCP 47 tag such as en or pt-BR");
  }

  private static String checked(String name) {
    String stripped = name.strip();
    boolean controls = stripped.chars().anyMatch(Character::isISOControl);
    if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > 100 || controls) {
      throw new IllegalArgumentException("name must be a text of 1 to 100 characters");
    }
    return stripped;
  }
}

package parley.local.signalr.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Optional;

/** What a verified token says. */
public final class Token {

  /** The claim that the server SDKs and the extension of Azure Functions put the user id in. */
  static final String USER_ID = "asrs.s.uid";

  /** In the order in which the service looks for it. */
  private static final List<String> USER_CLAIMS =
      List.of(
          USER_ID,
          "nameid",
          "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier",
          "sub");

  private final JWTClaimsSet claims;

  Token(JWTClaimsSet claims) {
    this.claims = claims;
  }

  /** The user of the client; empty if it has none. */
  public Optional<String> userId() {
    return USER_CLAIMS.stream()
        .filter(name -> claims.getClaim(name) != null)
        .map(name -> claims.getClaim(name).toString())
        .filter(id -> !id.isEmpty())
        .findFirst();
  }

  /**
   * Makes sure that it is for this audience.
   *
   * @throws TokenException if it is for others only
   */
  public void require(Audience audience) throws TokenException {
    if (claims.getAudience().stream().noneMatch(audience::matches)) {
      throw new TokenException("the audience of the token is not " + audience);
    }
  }
}

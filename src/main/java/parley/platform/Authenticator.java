package parley.platform;

import java.util.UUID;

/** Tells who a bearer token stands for. */
@FunctionalInterface
public interface Authenticator {

  /**
   * @param token the text after {@code Bearer}
   * @return the player whom the token was issued to
   * @throws ProblemException 401 if it is not one of ours, or has expired
   */
  UUID authenticate(String token);
}

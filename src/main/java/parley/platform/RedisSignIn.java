package parley.platform;

import com.azure.core.credential.AccessToken;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.function.Supplier;
import parley.platform.identity.LiveToken;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What opens a Redis of Azure without a password: an access token in the place of one, and as the
 * user's name the object id of the identity that it is for.
 */
final class RedisSignIn implements Supplier<RedisCredentials> {

  private final LiveToken token;
  private final String user;
  private SignIn newest;

  private record SignIn(AccessToken token, RedisCredentials credentials) {}

  /**
   * @param user null for whom the token is for
   */
  RedisSignIn(LiveToken token, String user) {
    this.token = token;
    this.user = user;
  }

  /**
   * The newest credentials; the same object for as long as there are no newer ones.
   *
   * @throws JedisException if there are none that are still good
   */
  @Override
  public synchronized RedisCredentials get() {
    AccessToken now = token();
    if (newest == null || newest.token() != now) {
      String name = user == null ? objectId(now.getToken()) : user;
      newest = new SignIn(now, new DefaultRedisCredentials(name, now.getToken()));
    }
    return newest.credentials();
  }

  private AccessToken token() {
    try {
      return token.get();
    } catch (IllegalStateException e) {
      // The pool would put words of its own before any other exception.
      throw new JedisException(e.getMessage(), e);
    }
  }

  /** Redis checks the token; here it only says who it is for. */
  private static String objectId(String token) {
    try {
      String id = JWTParser.parse(token).getJWTClaimsSet().getStringClaim("oid");
      if (id != null) {
        return id;
      }
    } catch (ParseException e) {
      // Without the cause: its message may quote the token.
      throw new JedisException("the access token for Redis cannot be read");
    }
    throw new JedisException("the access token for Redis names no object id");
  }
}

package parley.platform;

import java.util.function.Supplier;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisCredentials;

/**
 * Opens the connections of a pool, and signs each of them in again once there are newer
 * credentials: when it is taken from the pool, and when the pool looks at those that nobody has
 * taken. So it happens between two commands and on no thread but the connection's user's.
 */
final class SignedInConnections extends ConnectionFactory {

  private final Supplier<RedisCredentials> credentials;

  /** A connection, and what it has last signed in with, or something older. */
  private static final class SignedIn extends DefaultPooledObject<Connection> {
    private RedisCredentials with;

    private SignedIn(Connection connection, RedisCredentials with) {
      super(connection);
      this.with = with;
    }
  }

  /**
   * @param credentials hands out the same object for as long as there are no newer ones
   */
  SignedInConnections(
      HostAndPort server, JedisClientConfig config, Supplier<RedisCredentials> credentials) {
    super(server, config);
    this.credentials = credentials;
  }

  @Override
  public PooledObject<Connection> makeObject() throws Exception {
    RedisCredentials with = credentials.get();
    return new SignedIn(super.makeObject().getObject(), with);
  }

  @Override
  public void activateObject(PooledObject<Connection> pooled) throws Exception {
    super.activateObject(pooled);
    SignedIn signedIn = (SignedIn) pooled;
    RedisCredentials newest = credentials.get();
    if (signedIn.with != newest) {
      signedIn.getObject().setCredentials(newest);
      signedIn.getObject().reAuthenticate();
      signedIn.with = newest;
    }
  }
}

package parley.local.services;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts a server, tells its pid, and waits to be killed. */
final class RedisHost {

  private RedisHost() {}

  public static void main(String[] args) throws InterruptedException {
    Redis server = Redis.start(Path.of(args[0]), Integer.parseInt(args[1]), "password");
    System.out.println(server.pid());
    new CountDownLatch(1).await();
  }
}

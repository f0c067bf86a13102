package parley.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.platform.Json;

/**
 * Stands for the SignalR service, whose connections live on when the app dies: keeps what comes
 * over them.
 */
final class KeptSockets implements AutoCloseable {

  private final HttpServer server;

  /** A request of which half has come must not hold up the others. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private final List<String> ids = new CopyOnWriteArrayList<>();

  KeptSockets() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/api/v1/hubs/games/users/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The ids of the notifications that have come, each time. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      ids.add(Json.read(body, JsonNode.class).at("/arguments/0/id").textValue());
      exchange.sendResponseHeaders(202, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package parley.local.engine.grpc;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.run.NamedThreads;

/** The gRPC face of an engine, on 127.0.0.1. */
public final class SidecarServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int CALL_THREADS = 4;

  /** Room for a worker's answer to a turn that starts thousands of activities. */
  private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

  private final ExecutorService calls =
      Executors.newFixedThreadPool(CALL_THREADS, new NamedThreads("durable-call"));
  private final int port;
  private final Server server;

  /**
   * @param port where to listen, or 0 for any port that is free
   * @param workers those that may connect, or empty if the work is done elsewhere
   */
  public SidecarServer(int port, TaskHub hub, Optional<RemoteWorkers> workers) {
    this.port = port;
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(LOOPBACK, port))
            .executor(calls)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .intercept(new CallerAddress())
            .addService(new SidecarService(hub, new Answers(calls), workers))
            .build();
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the port cannot be opened; the message names it
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IOException(
          "the durable engine's gRPC port " + port + " cannot be opened: " + root.getMessage(), e);
    }
  }

  /** Where clients find it. */
  public int port() {
    return server.getPort();
  }

  /** Takes no more calls; those under way go on. */
  public void stop() {
    server.shutdown();
  }

  /** Cuts off whoever is still there. */
  @Override
  public void close() {
    server.shutdownNow();
    calls.shutdown();
    try {
      server.awaitTermination(500, TimeUnit.MILLISECONDS);
      calls.awaitTermination(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

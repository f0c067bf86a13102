package parley.local.functions;

import com.google.gson.JsonObject;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What functions get for a durable client. The engine runs activities as soon as it starts, and
 * only then are its port and the HTTP port known, so a function that asks earlier waits for them.
 */
public final class DurableClients {

  private static final long START_SECONDS = 60;

  private final CompletableFuture<DurableClientContext> context = new CompletableFuture<>();

  /** Says where the engine and the HTTP front listen, and what opens the management API. */
  public void serve(int grpcPort, int httpPort, String systemKey) {
    JsonObject client = new JsonObject();
    client.addProperty("taskHubName", "parley");
    client.addProperty("rpcBaseUrl", "http://127.0.0.1:" + grpcPort + "/");
    client.addProperty("requiredQueryStringParameters", "code=" + systemKey);
    client.addProperty(
        "httpBaseUrl", "http://127.0.0.1:" + httpPort + "/runtime/webhooks/durabletask");
    // From JSON, as the worker does it: there is no other way to make one.
    context.complete(Values.fromJson(client.toString(), DurableClientContext.class));
  }

  /** The one for all, for nothing in it changes. */
  DurableClientContext context() {
    try {
      return context.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the durable engine was there", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the durable engine is not there", e);
    }
  }
}

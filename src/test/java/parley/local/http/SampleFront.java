package parley.local.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import parley.local.SampleFunctions;
import parley.local.functions.Samples;

/** The sample functions on a real port, and a client. */
final class SampleFront implements AutoCloseable {

  static final String KEY = "the-function-key";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpFront front;

  SampleFront() {
    this(Cors.NONE);
  }

  SampleFront(Cors cors) {
    front =
        HttpFront.start(
            0,
            new HttpFunctions(
                new RouteTable(Samples.catalog()),
                Samples.invoker(new SampleFunctions()),
                KEY,
                cors),
            routes -> routes.get("/others", context -> context.result("another route")));
  }

  int port() {
    return front.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    HttpRequest post = request("/api/echo/x/1").POST(BodyPublishers.ofString(body)).build();
    return send(post, BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(request, handler);
  }

  @Override
  public void close() {
    front.close();
  }
}

package parley.trivia.clues;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.platform.Json;

/**
 * Clues of a service that speaks as jservice did: {@code GET <service>/api/random/?count=6} answers
 * an array of {@code {id, question, answer, value, category: {title}}}. It is trusted with nothing:
 * what is not of that shape is left out, and what it says is shown as plain text.
 */
public final class HttpClueSource implements ClueSource {

  private static final Logger LOG = Logger.getLogger(HttpClueSource.class.getName());

  /** Short beside a beat. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final int MOST = 50;

  /** Of a clue that has none: in its show those are the hardest. */
  private static final int HARDEST = 1000;

  private final URI service;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * Connects at the first call.
   *
   * @param service {@code http} or {@code https}, with or without a path
   * @throws IllegalArgumentException if it is none such; the message names the setting, not its
   *     value
   */
  public HttpClueSource(URI service) {
    this(service, TIMEOUT);
  }

  HttpClueSource(URI service, Duration timeout) {
    boolean web = "http".equals(service.getScheme()) || "https".equals(service.getScheme());
    boolean plain =
        service.getRawUserInfo() == null
            && service.getRawQuery() == null
            && service.getRawFragment() == null;
    if (!web || !plain || service.getHost() == null) {
      throw new IllegalArgumentException(
          "the setting TRIVIA_CLUES_URL must be http(s)://host/path, without user and query");
    }
    this.service = service;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // To where, the service alone would decide.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public List<Clue> candidates(int count) throws ClueSourceException {
    JsonNode items = items(Math.min(count, MOST));
    List<Clue> clues = new ArrayList<>();
    for (JsonNode item : items) {
      if (clues.size() < count) {
        clue(item).ifPresent(clues::add);
      }
    }
    if (clues.isEmpty()) {
      throw new ClueSourceException("the clue service sent no clue that could be read");
    }
    return clues;
  }

  private JsonNode items(int count) throws ClueSourceException {
    HttpResponse<String> response = get(count);
    if (response.statusCode() != 200) {
      throw new ClueSourceException(
          "the clue service answered with status " + response.statusCode());
    }
    try {
      JsonNode items = Json.read(response.body(), JsonNode.class);
      if (items.isArray()) {
        return items;
      }
    } catch (Json.MalformedException e) {
      throw new ClueSourceException("the clue service answered with no JSON", e);
    }
    throw new ClueSourceException("the clue service answered with no array");
  }

  private HttpResponse<String> get(int count) throws ClueSourceException {
    String path = service.toString().replaceFirst("/+$", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(path + "/api/random/?count=" + count))
            .header("Accept", "application/json")
            .build();
    CompletableFuture<HttpResponse<String>> response =
        http.sendAsync(request, info -> new LimitedBody(LARGEST_ANSWER));
    try {
      // The timeout of a request would end with the answer's head.
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ClueSourceException(
          "the clue service took longer than " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new ClueSourceException(
          "the clue service gave no answer: " + e.getCause().getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClueSourceException("interrupted while the clue service was asked", e);
    } finally {
      response.cancel(true);
    }
  }

  /** Nothing if the item lacks something, or has too much of it. */
  private static Optional<Clue> clue(JsonNode item) {
    JsonNode id = item.path("id");
    JsonNode value = item.path("value");
    boolean hasValue = value.canConvertToInt() && value.isIntegralNumber();
    if (!(id.isTextual() || id.isIntegralNumber())
        || !(hasValue || value.isNull() || value.isMissingNode())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Clue(
              id.asText(),
              PlainText.of(item.path("question").asText("")),
              PlainText.of(item.path("answer").asText("")),
              PlainText.of(item.path("category").path("title").asText("")),
              hasValue ? value.intValue() : HARDEST));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, "a clue of the clue service is left out: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}

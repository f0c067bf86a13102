package parley.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.Map;

/**
 * A refusal as RFC 9457 has it, {@code application/problem+json}.
 *
 * @param type a stable slug that a program may look at
 * @param title one line that a player could read
 * @param detail what exactly is wrong with this request
 * @param extra further members, by name
 * @param retryAfter when to try again, null where trying again is no use
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonIgnore Map<String, Object> extra,
    @JsonIgnore Duration retryAfter) {

  public Problem(String type, String title, int status, String detail) {
    this(type, title, status, detail, Map.of(), null);
  }

  @JsonAnyGetter
  Map<String, Object> members() {
    return extra;
  }

  public Problem with(String name, Object value) {
    return new Problem(type, title, status, detail, Map.of(name, value), retryAfter);
  }

  public Problem retryAfter(Duration wait) {
    return new Problem(type, title, status, detail, extra, wait);
  }

  public ProblemException exception() {
    return new ProblemException(this);
  }

  public static Problem malformed(String detail) {
    return new Problem("malformed", "The request could not be understood.", 400, detail);
  }

  public static Problem unauthenticated(String detail) {
    return new Problem("unauthenticated", "Please sign in again.", 401, detail);
  }

  /** A good token, but its player is not in this database. */
  public static Problem unknownPlayer() {
    return unauthenticated("the token's player does not exist");
  }

  public static Problem forbidden(String detail) {
    return new Problem("forbidden", "That is not yours.", 403, detail);
  }

  public static Problem notFound(String detail) {
    return new Problem("not-found", "There is no such thing.", 404, detail);
  }

  public static Problem tooLarge(int limit) {
    return new Problem(
        "too-large", "The request is too large.", 413, "a body has at most " + limit + " bytes");
  }

  public static Problem tooMany(Duration wait) {
    String detail = "the limit of requests a minute is reached";
    return new Problem("too-many-requests", "Slow down a little.", 429, detail).retryAfter(wait);
  }

  public static Problem unavailable(String store) {
    return new Problem(
            "unavailable", "Please try again in a moment.", 503, store + " does not answer")
        .retryAfter(Duration.ofSeconds(2));
  }

  /** For an app that is there before its database has been migrated. */
  public static Problem schemaOutdated(int version, int wanted) {
    String detail = "the database's schema is version " + version + ", this app needs " + wanted;
    return new Problem("schema-outdated", "Please try again in a while.", 503, detail)
        .retryAfter(Duration.ofSeconds(10));
  }

  /** For what is our fault; it says nothing about the inside. */
  public static Problem internal() {
    return new Problem("internal", "Something went wrong on our side.", 500, "see the log");
  }
}

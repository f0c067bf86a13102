package parley.local.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages of other origins may call the functions, as Core Tools have it in {@code
 * local.settings.json} and Azure in the site's configuration.
 *
 * @param origins such as {@code http://localhost:8080}; {@code *} for any
 * @param credentials whether a page may have the browser send its cookies
 */
public record Cors(Set<String> origins, boolean credentials) {

  /** Only pages of the host's own address. */
  public static final Cors NONE = new Cors(Set.of(), false);

  private static final String ANY = "*";

  public Cors {
    origins = Set.copyOf(origins);
    if (credentials && origins.contains(ANY)) {
      throw new IllegalArgumentException("CORSCredentials needs CORS to name the origins");
    }
  }

  /**
   * Reads origins with commas between them.
   *
   * @throws IllegalArgumentException if any page could act with a user's cookies
   */
  public static Cors of(String origins, boolean credentials) {
    Set<String> all =
        Arrays.stream(origins.split(","))
            .map(origin -> origin.strip().replaceAll("/$", ""))
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toSet());
    return new Cors(all, credentials);
  }

  /**
   * Tells a browser that a page may see the answer. Where it asks beforehand, that is all of it.
   *
   * @return whether the request is answered
   */
  boolean answersFor(Context context) {
    String origin = context.header("Origin");
    if (origin == null || !(origins.contains(ANY) || origins.contains(origin))) {
      return false;
    }
    context.header("Access-Control-Allow-Origin", origins.contains(ANY) ? ANY : origin);
    context.header("Vary", "Origin");
    if (credentials) {
      context.header("Access-Control-Allow-Credentials", "true");
    }
    String method = context.header("Access-Control-Request-Method");
    if (method == null || !context.req().getMethod().equals("OPTIONS")) {
      return false;
    }
    context.header("Access-Control-Allow-Methods", method);
    String headers = context.header("Access-Control-Request-Headers");
    if (headers != null) {
      context.header("Access-Control-Allow-Headers", headers);
    }
    context.status(204);
    return true;
  }
}

package parley.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import parley.local.functions.FunctionDefinition;
import parley.local.http.RouteTable;

/** What the local host prints once it runs: every function as {@code func} does, and the ports. */
final class Banner {

  private Banner() {}

  static void print(LocalHost host, Duration took, PrintStream out) {
    String base = "http://localhost:" + host.httpPort();
    out.println();
    out.println("Functions:");
    host.routes().routes().stream()
        .sorted(Comparator.comparing(route -> route.function().name()))
        .map(
            route ->
                "  %s: %s %s/api/%s"
                    .formatted(route.function().name(), methods(route), base, route.template()))
        .forEach(out::println);
    for (FunctionDefinition function : host.catalog().functions()) {
      String trigger = function.trigger().type();
      if (!trigger.equals("httpTrigger")) {
        out.printf("  %s: %s%n", function.name(), trigger);
      }
    }
    out.println();
    out.printf("HTTP %s, durable gRPC 127.0.0.1:%d%n", base, host.durablePort());
    host.services().forEach(out::println);
    out.printf(
        "Keys: %s, %s%n", host.state().resolve("function-key"), host.state().resolve("system-key"));
    out.printf(Locale.ROOT, "Ready in %.1f s; Ctrl-C ends it.%n", took.toMillis() / 1000.0);
    sample(host).ifPresent(path -> out.printf("%nTry: curl %s%s%n", base, path));
    out.flush();
  }

  private static String methods(RouteTable.Route route) {
    return "[" + String.join(",", route.methods()) + "]";
  }

  /** The shortest address that anybody can get without knowing anything. */
  private static Optional<String> sample(LocalHost host) {
    return host.routes().routes().stream()
        .filter(route -> route.methods().contains("GET"))
        .filter(route -> route.function().trigger().text("authLevel").equals("ANONYMOUS"))
        .filter(route -> !route.template().contains("{"))
        .map(route -> "/api/" + route.template())
        .min(Comparator.comparing(String::length));
  }
}

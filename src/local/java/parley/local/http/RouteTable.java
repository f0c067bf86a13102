package parley.local.http;

import com.microsoft.azure.functions.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parley.local.functions.Binding;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionDefinition;

/** Which HTTP function answers which method and path below {@code /api}. */
public final class RouteTable {

  /** What a look-up finds. */
  sealed interface Match {
    record Found(FunctionDefinition function, Map<String, String> parameters) implements Match {}

    record WrongMethod(Set<String> allowed) implements Match {}

    record Unknown() implements Match {}
  }

  /** An HTTP function with its route and methods. */
  public record Route(FunctionDefinition function, String template, Set<String> methods) {}

  private record Entry(Route route, RouteTemplate template) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Takes the HTTP functions of a catalogue.
   *
   * @throws IllegalArgumentException if a route cannot be read, or two functions claim one
   */
  public RouteTable(FunctionCatalog catalog) {
    for (FunctionDefinition function : catalog.triggeredBy("httpTrigger")) {
      add(function);
    }
    entries.sort(Comparator.comparing(Entry::template));
  }

  /** All routes, the preferred ones first. */
  public List<Route> routes() {
    return entries.stream().map(Entry::route).toList();
  }

  /** Finds the function for a request; the path is given in decoded segments. */
  Match find(String method, List<String> path) {
    Set<String> allowed = new TreeSet<>();
    for (Entry entry : entries) {
      Optional<Map<String, String>> parameters = entry.template().match(path);
      if (parameters.isPresent()) {
        if (entry.route().methods().contains(method)) {
          return new Match.Found(entry.route().function(), parameters.get());
        }
        allowed.addAll(entry.route().methods());
      }
    }
    return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(allowed);
  }

  private void add(FunctionDefinition function) {
    Binding trigger = function.trigger();
    String route = trigger.text("route").isEmpty() ? function.name() : trigger.text("route");
    Entry added = new Entry(new Route(function, route, methods(trigger)), new RouteTemplate(route));
    for (Entry other : entries) {
      Set<String> both = new TreeSet<>(other.route().methods());
      both.retainAll(added.route().methods());
      if (!both.isEmpty() && other.template().same(added.template())) {
        throw new IllegalArgumentException(
            "functions %s and %s both answer %s %s"
                .formatted(other.route().function().name(), function.name(), both, route));
      }
    }
    entries.add(added);
  }

  private static Set<String> methods(Binding trigger) {
    Set<String> methods = new TreeSet<>();
    for (Object method : (Collection<?>) trigger.properties().get("methods")) {
      methods.add((String) method);
    }
    if (methods.isEmpty()) {
      Arrays.stream(HttpMethod.values()).map(Enum::name).forEach(methods::add);
    }
    return methods;
  }
}

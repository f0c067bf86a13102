package parley.local.functions;

import com.microsoft.azure.functions.annotation.FunctionName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The functions of an app, read from the annotations of its classes. */
public final class FunctionCatalog {

  private final Map<String, FunctionDefinition> functions =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, FunctionDefinition> orchestrators =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, FunctionDefinition> activities =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private FunctionCatalog() {}

  /**
   * Reads every method that has {@link FunctionName}.
   *
   * @throws IllegalArgumentException if the real worker could not load or run one of them
   */
  public static FunctionCatalog of(List<Class<?>> functionClasses) {
    FunctionCatalog catalog = new FunctionCatalog();
    for (Class<?> functionClass : functionClasses) {
      FunctionRules.check(functionClass);
      for (Method method : functionMethods(functionClass)) {
        catalog.add(FunctionReader.read(method));
      }
    }
    return catalog;
  }

  /** All functions, by name. */
  public List<FunctionDefinition> functions() {
    return List.copyOf(functions.values());
  }

  /** The functions with a trigger of this type, such as {@code timerTrigger}. */
  public List<FunctionDefinition> triggeredBy(String type) {
    return functions.values().stream().filter(f -> f.trigger().type().equals(type)).toList();
  }

  /** The orchestrator of this name, in any case. */
  public Optional<FunctionDefinition> orchestrator(String name) {
    return Optional.ofNullable(orchestrators.get(name));
  }

  /** The activity of this name, in any case. */
  public Optional<FunctionDefinition> activity(String name) {
    return Optional.ofNullable(activities.get(name));
  }

  /**
   * Makes sure that a host can feed every function.
   *
   * @throws IllegalArgumentException if a binding is of another type than these
   */
  public void requireBindings(Set<String> types) {
    for (FunctionDefinition function : functions.values()) {
      for (Binding binding : function.bindings()) {
        if (!types.contains(binding.type())) {
          throw new IllegalArgumentException(
              "function %s: nothing here serves a binding of type %s"
                  .formatted(function.name(), binding.type()));
        }
      }
    }
  }

  private void add(FunctionDefinition function) {
    addTo(functions, function.name(), function);
    switch (function.trigger().type()) {
      case "orchestrationTrigger" -> addTo(orchestrators, function.durableName(), function);
      case "activityTrigger" -> addTo(activities, function.durableName(), function);
      default -> {}
    }
  }

  private static void addTo(
      Map<String, FunctionDefinition> named, String name, FunctionDefinition function) {
    FunctionDefinition other = named.putIfAbsent(name, function);
    if (other != null) {
      throw new IllegalArgumentException(
          "%s and %s are both named %s (case does not count)"
              .formatted(other.entryPoint(), function.entryPoint(), name));
    }
  }

  private static List<Method> functionMethods(Class<?> functionClass) {
    return Arrays.stream(functionClass.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(FunctionName.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }
}

package parley.local.functions;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.CustomBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Turns annotations into bindings by the rules of azure-functions-maven-plugin, so that what runs
 * here is what it would package.
 */
final class BindingReader {

  private static final String LIBRARY = FunctionName.class.getPackageName();

  /** Properties that the plugin writes even at their default, by binding type. */
  private static final Map<String, Set<String>> ALWAYS_WRITTEN =
      Map.of(
          "httpTrigger", Set.of("methods", "authLevel"), "eventHubTrigger", Set.of("cardinality"));

  private static final Set<String> NOT_PROPERTIES = Set.of("name", "type", "direction");

  private BindingReader() {}

  /** The binding that an annotation stands for; empty if it stands for none. */
  static Optional<Binding> read(Annotation annotation) {
    Class<? extends Annotation> type = annotation.annotationType();
    CustomBinding custom =
        annotation instanceof CustomBinding itself
            ? itself
            : type.getAnnotation(CustomBinding.class);
    if (custom != null) {
      return Optional.of(binding(annotation, custom.type(), custom.direction()));
    }
    String name = type.getSimpleName();
    if (!type.getPackageName().equals(LIBRARY) || type == BindingName.class) {
      return Optional.empty();
    }
    if (name.endsWith("Trigger")) {
      return Optional.of(binding(annotation, decapitalized(name), "in"));
    }
    if (name.endsWith("Input")) {
      return Optional.of(binding(annotation, decapitalized(without(name, "Input")), "in"));
    }
    if (name.endsWith("Output")) {
      return Optional.of(binding(annotation, decapitalized(without(name, "Output")), "out"));
    }
    return Optional.empty();
  }

  /** All values of an annotation by name, enums as their names and arrays as lists. */
  static Map<String, Object> values(Annotation annotation) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Method property : annotation.annotationType().getDeclaredMethods()) {
      values.put(property.getName(), plain(value(annotation, property)));
    }
    return values;
  }

  private static Binding binding(Annotation annotation, String type, String direction) {
    Set<String> always = ALWAYS_WRITTEN.getOrDefault(type, Set.of());
    Map<String, Object> properties = new LinkedHashMap<>();
    String name = "";
    for (Method property : annotation.annotationType().getDeclaredMethods()) {
      Object value = value(annotation, property);
      if (property.getName().equals("name")) {
        name = (String) value;
      } else if (!NOT_PROPERTIES.contains(property.getName())
          && (always.contains(property.getName())
              || !Objects.deepEquals(value, property.getDefaultValue()))) {
        properties.put(property.getName(), plain(value));
      }
    }
    return new Binding(type, direction, name, properties);
  }

  private static Object value(Annotation annotation, Method property) {
    try {
      return property.invoke(annotation);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + property + " of " + annotation, e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Object[] array) {
      return Arrays.stream(array).map(BindingReader::plain).toList();
    }
    return value;
  }

  private static String without(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }

  private static String decapitalized(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}

package parley.local.functions;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the Java worker of Azure Functions demands of a function. It finds out at the first call,
 * and some of it by never answering; here it is found at start.
 */
final class FunctionRules {

  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,126}";

  /** What its Gson binds reliably: a record, or a class with an Instant in it, it does not. */
  private static final Set<Class<?>> BINDABLE =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Object.class,
          Map.class,
          List.class,
          Optional.class);

  private FunctionRules() {}

  /**
   * Checks the class that holds functions.
   *
   * @throws IllegalArgumentException if the worker could not load it
   */
  static void check(Class<?> functionClass) {
    if (functionClass.getEnclosingClass() != null
        || !Modifier.isPublic(functionClass.getModifiers())) {
      throw new IllegalArgumentException(
          "%s must be a public top-level class".formatted(functionClass.getName()));
    }
  }

  /**
   * Checks a function on its own.
   *
   * @throws IllegalArgumentException if the worker could not run it
   */
  static void check(FunctionDefinition function) {
    String name = function.name();
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("\"" + name + "\" is no name for a function");
    }
    Method method = function.method();
    if (!Modifier.isPublic(method.getModifiers())) {
      throw refusal(function, "its method " + method.getName() + " is not public");
    }
    if (Arrays.stream(method.getDeclaringClass().getMethods())
            .filter(m -> m.getName().equals(method.getName()))
            .count()
        > 1) {
      throw refusal(function, "its method " + method.getName() + " is overloaded");
    }
    long triggers = function.bindings().stream().filter(Binding::isTrigger).count();
    if (triggers != 1) {
      throw refusal(function, "it has " + triggers + " triggers, and needs exactly one");
    }
    for (FunctionParameter parameter : function.parameters()) {
      if (!bindable(parameter.type())) {
        throw refusal(
            function,
            "the worker cannot bind %s to a %s; take a String and parse it"
                .formatted(parameter.name(), parameter.type().getTypeName()));
      }
    }
  }

  private static boolean bindable(Type type) {
    if (type instanceof ParameterizedType generic) {
      return bindable(generic.getRawType())
          && Arrays.stream(generic.getActualTypeArguments()).allMatch(FunctionRules::bindable);
    }
    if (type instanceof GenericArrayType array) {
      return bindable(array.getGenericComponentType());
    }
    if (type instanceof Class<?> plain) {
      return plain.isPrimitive()
          || BINDABLE.contains(plain)
          || (plain.isArray() && bindable(plain.getComponentType()))
          || (plain.getName().startsWith("com.microsoft.") && !plain.isRecord());
    }
    return false;
  }

  private static IllegalArgumentException refusal(FunctionDefinition function, String why) {
    return new IllegalArgumentException("function %s: %s".formatted(function.name(), why));
  }
}

package parley.local.functions;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.microsoft.azure.functions.HttpRequestMessage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/** Converts between what travels to a function and what its Java types are, as the worker does. */
public final class Values {

  /** The worker's own kind of JSON. */
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Values() {}

  /**
   * Makes a raw value fit a parameter.
   *
   * @param raw a String (plain text or JSON), an {@link HttpInput}, or an object of the type
   * @throws IllegalArgumentException if it does not fit
   */
  static Object toParameter(Object raw, Type type) {
    if (raw instanceof HttpInput input && rawClass(type) == HttpRequestMessage.class) {
      return new FunctionRequest(input, body(input.body(), bodyType(type)));
    }
    if (raw == null) {
      return absent(type);
    }
    if (rawClass(type).isInstance(raw)) {
      return raw;
    }
    if (raw instanceof String text) {
      return fromText(text, type);
    }
    throw new IllegalArgumentException(
        "a %s does not fit a %s".formatted(raw.getClass().getSimpleName(), type.getTypeName()));
  }

  /** The JSON text of a value that a function returned, or null for null. */
  public static String toJson(Object value) {
    return value == null ? null : GSON.toJson(value);
  }

  /** An object of a class that is filled from JSON by its fields. */
  static <T> T fromJson(String json, Class<T> type) {
    return GSON.fromJson(json, type);
  }

  private static Object fromText(String text, Type type) {
    // The worker parses these itself: as JSON, 1.0 would be an int too.
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    return GSON.fromJson(text, type);
  }

  private static Object body(String text, Type type) {
    if (rawClass(type) == Optional.class) {
      return Optional.ofNullable(body(text, typeArgument(type)));
    }
    return text.isEmpty() ? null : toParameter(text, type);
  }

  private static Object absent(Type type) {
    if (type instanceof Class<?> plain && plain.isPrimitive()) {
      throw new IllegalArgumentException("there is no value for a " + plain);
    }
    return rawClass(type) == Optional.class ? Optional.empty() : null;
  }

  private static Type bodyType(Type requestType) {
    return requestType instanceof ParameterizedType ? typeArgument(requestType) : String.class;
  }

  private static Type typeArgument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Class<?> rawClass(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : Object[].class;
  }
}

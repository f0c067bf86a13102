package parley.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * JSON as Parley reads and writes it: camelCase, ISO 8601 times, absent values as null; nothing is
 * coerced (a number is not a string, 1.5 is not 1), a name stands once, and nothing may follow.
 */
public final class Json {

  /** Far below what the readers of our own JSON allow, for it wraps what players sent. */
  private static final int DEPTH_LIMIT = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addDeserializer(UUID.class, new GuidReader()))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Json() {}

  /** Text that is not the JSON of the type that was asked for; the message may go to its sender. */
  public static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Reads one JSON value.
   *
   * @throws MalformedException if it is not JSON, not of that type, or null
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return present(MAPPER.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /**
   * Reads one JSON value that a stranger sent: also refuses text that is no Unicode, because what
   * cannot be written down as it is must not be mistaken for something else.
   *
   * @throws MalformedException as {@link #read} does
   */
  public static <T> T readForeign(String text, Class<T> type) {
    JsonNode tree = read(text, JsonNode.class);
    requireUnicode(tree);
    return convert(tree, type);
  }

  private static void requireUnicode(JsonNode node) {
    if (node.isTextual()) {
      requireUnicode(node.textValue());
    }
    node.properties()
        .forEach(
            member -> {
              requireUnicode(member.getKey());
              requireUnicode(member.getValue());
            });
    if (node.isArray()) {
      node.forEach(Json::requireUnicode);
    }
  }

  /** U+FFFD stands where somebody before us has lost a character. */
  private static void requireUnicode(String text) {
    boolean whole =
        text.codePoints()
            .noneMatch(c -> c == 0xFFFD || Character.getType(c) == Character.SURROGATE);
    if (!whole) {
      throw new MalformedException("a text is not valid Unicode");
    }
  }

  /** Reads a JSON object whose names are not known beforehand. */
  public static Map<String, Object> readObject(String text) {
    try {
      return MAPPER.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /**
   * The same object with every number in its canonical form, so that equal ones are equal.
   *
   * @throws MalformedException as {@link #canonical} does
   */
  public static Map<String, Object> normal(Map<String, Object> value) {
    return readObject(canonical(value));
  }

  /**
   * Turns a tree into a value of that type.
   *
   * @throws MalformedException if it is not of that type, or null
   */
  public static <T> T convert(JsonNode tree, Class<T> type) {
    try {
      return present(MAPPER.treeToValue(tree, type));
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /** The same value as a tree, which any other Jackson writes as it stands. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * One text for all equal values: names sorted, no white space, and 1.0 written as 1.
   *
   * @throws MalformedException for a number that no double can hold, or too deep nesting
   */
  public static String canonical(Object value) {
    return write(canonicalValue(value, 0));
  }

  /** Refuses the other forms of an id that Jackson reads, base64 among them. */
  private static final class GuidReader extends StdDeserializer<UUID> {
    private static final long serialVersionUID = 1L;

    GuidReader() {
      super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      Optional<UUID> id =
          parser.hasToken(JsonToken.VALUE_STRING) ? Guid.of(parser.getText()) : Optional.empty();
      return id.isPresent() ? id.get() : (UUID) context.handleUnexpectedToken(UUID.class, parser);
    }
  }

  private static <T> T present(T value) {
    if (value == null) {
      throw new MalformedException("a JSON object is expected");
    }
    return value;
  }

  private static Object canonicalValue(Object value, int depth) {
    if (depth > DEPTH_LIMIT) {
      throw new MalformedException("values are nested at most " + DEPTH_LIMIT + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((name, member) -> sorted.put((String) name, canonicalValue(member, depth + 1)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(member -> canonicalValue(member, depth + 1)).toList();
    }
    return value instanceof Double number ? canonicalNumber(number) : value;
  }

  private static Number canonicalNumber(double number) {
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      throw new MalformedException("a number is too large");
    }
    return number == Math.rint(number) ? new BigDecimal(number).toBigInteger() : number;
  }

  private static MalformedException malformed(JsonProcessingException e) {
    if (e instanceof ValueInstantiationException
        && e.getCause() instanceof IllegalArgumentException refusal) {
      // A record that guards itself, and says what it misses.
      return new MalformedException(refusal.getMessage());
    }
    String where =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? "the field " + path(mapping) + " is missing or of the wrong type"
            : "not the JSON that was expected";
    return new MalformedException(where);
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (var reference : e.getPath()) {
      String name = reference.getFieldName();
      path.append(path.isEmpty() || name == null ? "" : ".");
      path.append(name == null ? "[" + reference.getIndex() + "]" : name);
    }
    return path.toString();
  }
}

package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.EventData;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import parley.local.functions.Binding;
import parley.local.functions.FunctionDefinition;

/**
 * A function that events make run.
 *
 * @param hub its name, or as the connection string says
 * @param shape how it takes events
 */
record HubFunction(
    FunctionDefinition function,
    String hub,
    String consumerGroup,
    String connectionString,
    Shape shape,
    RetryPolicy retry) {

  static final String TRIGGER = "eventHubTrigger";

  /** What a function's parameter is. */
  enum Shape {
    ONE,
    LIST,
    ARRAY;

    /**
     * The value for that parameter. The host leaves empty events out of what a Java worker gets.
     */
    Object value(List<EventData> events) {
      List<String> texts =
          events.stream().map(EventBodies::text).filter(text -> !text.isEmpty()).toList();
      return switch (this) {
        case ONE -> EventBodies.text(events.get(0));
        case LIST -> texts;
        case ARRAY -> texts.toArray(String[]::new);
      };
    }
  }

  /**
   * Reads a function's trigger.
   *
   * @param resolve replaces {@code %NAME%} by that setting
   * @param settings where its connection is
   * @throws IllegalArgumentException if the local host cannot serve it; the message names the
   *     function
   */
  static HubFunction of(
      FunctionDefinition function, UnaryOperator<String> resolve, Map<String, String> settings) {
    Binding trigger = function.trigger();
    try {
      String group = resolve.apply(trigger.text("consumerGroup"));
      return new HubFunction(
          function,
          resolve.apply(trigger.text("eventHubName")),
          group.isEmpty() ? "$Default" : group,
          connection(trigger.text("connection"), settings),
          shape(trigger, function.triggerType()),
          RetryPolicy.of(function.retry()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "function %s: %s".formatted(function.name(), e.getMessage()), e);
    }
  }

  private static String connection(String setting, Map<String, String> settings) {
    if (setting.isEmpty()) {
      throw new IllegalArgumentException("its connection names no setting");
    }
    String value = settings.get(setting);
    if (value == null) {
      throw new IllegalArgumentException("the setting " + setting + " is missing");
    }
    return value;
  }

  private static Shape shape(Binding trigger, Type type) {
    boolean one = trigger.text("cardinality").equals("ONE");
    if (trigger.text("dataType").equals("binary")) {
      throw new IllegalArgumentException("events as bytes are not served here, take strings");
    }
    if (one && type == String.class) {
      return Shape.ONE;
    }
    if (!one && type == String[].class) {
      return Shape.ARRAY;
    }
    if (!one
        && type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] == String.class) {
      return Shape.LIST;
    }
    throw new IllegalArgumentException(
        one
            ? "a single event is a String, not a " + type.getTypeName()
            : "events are a List<String> or a String[], not a " + type.getTypeName());
  }
}

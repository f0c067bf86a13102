package parley.local.functions;

import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;

/** One run of a function, as the middleware and the function itself see it. */
final class Invocation implements MiddlewareContext {

  private final String id = UUID.randomUUID().toString();
  private final FunctionDefinition function;
  private final Logger logger;
  private final Map<String, Object> values;
  private final Map<String, String> metadata;
  private Object returnValue;

  /**
   * Prepares a run.
   *
   * @param values raw values by binding name
   * @param metadata what {@code @BindingName} may ask for
   */
  Invocation(FunctionDefinition function, Map<String, ?> values, Map<String, String> metadata) {
    this.function = function;
    this.logger = Logger.getLogger("parley.function." + function.name());
    this.values = new HashMap<>(values);
    this.metadata = Map.copyOf(metadata);
  }

  /** The arguments for the method, in order, as the middleware has left them. */
  Object[] arguments() {
    return function.parameters().stream().map(this::argument).toArray();
  }

  private Object argument(FunctionParameter parameter) {
    if (parameter.source() == FunctionParameter.Source.CONTEXT) {
      return this;
    }
    Map<String, ?> from =
        parameter.source() == FunctionParameter.Source.METADATA ? metadata : values;
    if (!from.containsKey(parameter.name())) {
      throw new IllegalArgumentException(
          "function %s: nothing is bound to %s".formatted(function.name(), parameter.name()));
    }
    try {
      return Values.toParameter(from.get(parameter.name()), parameter.type());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "function %s: cannot bind %s to a %s"
              .formatted(function.name(), parameter.name(), parameter.type().getTypeName()),
          e);
    }
  }

  @Override
  public String getParameterName(String annotationSimpleClassName) {
    return function.parameters().stream()
        .filter(parameter -> parameter.annotation().equals(annotationSimpleClassName))
        .map(FunctionParameter::name)
        .findFirst()
        .orElse(null);
  }

  @Override
  public Object getParameterValue(String name) {
    return values.get(name);
  }

  @Override
  public void updateParameterValue(String name, Object value) {
    values.put(name, value);
  }

  @Override
  public Object getReturnValue() {
    return returnValue;
  }

  @Override
  public void updateReturnValue(Object value) {
    returnValue = value;
  }

  @Override
  public Logger getLogger() {
    return logger;
  }

  @Override
  public String getInvocationId() {
    return id;
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }
}

package parley.local.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one annotated method into a definition, or refuses it as the real worker would. */
final class FunctionReader {

  /** The name of a binding that takes what the method returns. */
  static final String RETURN = "$return";

  private FunctionReader() {}

  /**
   * Reads a method that has {@link FunctionName}.
   *
   * @throws IllegalArgumentException if the worker could not run it; the message says why
   */
  static FunctionDefinition read(Method method) {
    String name = method.getAnnotation(FunctionName.class).value();
    List<FunctionParameter> parameters = new ArrayList<>();
    List<Binding> bindings = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      Optional<Annotation> bound = bindingAnnotation(parameter);
      bound.flatMap(BindingReader::read).ifPresent(bindings::add);
      parameters.add(parameter(name, parameter, bound));
    }
    if (method.getReturnType() != void.class) {
      addReturn(method, bindings);
    }
    FunctionDefinition function =
        new FunctionDefinition(name, method, parameters, bindings, retry(method));
    FunctionRules.check(function);
    return function;
  }

  private static FunctionParameter parameter(
      String function, Parameter parameter, Optional<Annotation> bound) {
    BindingName metadata = parameter.getAnnotation(BindingName.class);
    if (bound.isPresent()) {
      return new FunctionParameter(
          BindingReader.read(bound.get()).orElseThrow().name(),
          parameter.getParameterizedType(),
          FunctionParameter.Source.BINDING,
          bound.get().annotationType().getSimpleName());
    }
    if (metadata != null) {
      return new FunctionParameter(
          metadata.value(),
          parameter.getParameterizedType(),
          FunctionParameter.Source.METADATA,
          "");
    }
    if (parameter.getType() == ExecutionContext.class) {
      return new FunctionParameter(
          "", ExecutionContext.class, FunctionParameter.Source.CONTEXT, "");
    }
    throw new IllegalArgumentException(
        "function %s: parameter %s has no binding, no @BindingName and is no ExecutionContext"
            .formatted(function, parameter));
  }

  private static Optional<Annotation> bindingAnnotation(Parameter parameter) {
    for (Annotation annotation : parameter.getAnnotations()) {
      if (BindingReader.read(annotation).isPresent()) {
        return Optional.of(annotation);
      }
    }
    return Optional.empty();
  }

  /** What the method returns goes where its annotation says, or back to the HTTP caller. */
  private static void addReturn(Method method, List<Binding> bindings) {
    boolean annotated = false;
    for (Annotation annotation : method.getAnnotations()) {
      Optional<Binding> output = BindingReader.read(annotation);
      if (output.isPresent()) {
        Binding read = output.get();
        bindings.add(new Binding(read.type(), read.direction(), RETURN, read.properties()));
        annotated = true;
      }
    }
    if (!annotated && bindings.stream().anyMatch(b -> b.type().equals("httpTrigger"))) {
      bindings.add(new Binding("http", "out", RETURN, Map.of()));
    }
  }

  private static Map<String, Object> retry(Method method) {
    FixedDelayRetry fixed = method.getAnnotation(FixedDelayRetry.class);
    if (fixed != null) {
      return BindingReader.values(fixed);
    }
    ExponentialBackoffRetry growing = method.getAnnotation(ExponentialBackoffRetry.class);
    return growing == null ? Map.of() : BindingReader.values(growing);
  }
}

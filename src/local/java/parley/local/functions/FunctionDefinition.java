package parley.local.functions;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of the app: a name, a method and the bindings that feed it.
 *
 * @param retry the retry policy as {@code function.json} holds it; empty if there is none
 */
public record FunctionDefinition(
    String name,
    Method method,
    List<FunctionParameter> parameters,
    List<Binding> bindings,
    Map<String, Object> retry) {

  public FunctionDefinition {
    parameters = List.copyOf(parameters);
    bindings = List.copyOf(bindings);
    retry = Map.copyOf(retry);
  }

  /** What makes the function run. */
  public Binding trigger() {
    return bindings.stream().filter(Binding::isTrigger).findFirst().orElseThrow();
  }

  /** The type of the parameter that the trigger feeds. */
  public Type triggerType() {
    String name = trigger().name();
    return parameters.stream()
        .filter(parameter -> parameter.source() == FunctionParameter.Source.BINDING)
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .type();
  }

  /** What orchestrators call it by: the name in the durable trigger, else the function's own. */
  public String durableName() {
    String named = trigger().text("orchestration") + trigger().text("activity");
    return named.isEmpty() ? name : named;
  }

  /** The method as {@code function.json} names it. */
  public String entryPoint() {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }

  /** The {@code function.json} that azure-functions-maven-plugin writes for this function. */
  public Map<String, Object> functionJson(String scriptFile) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scriptFile", scriptFile);
    json.put("entryPoint", entryPoint());
    json.put("bindings", bindings.stream().map(Binding::json).toList());
    if (!retry.isEmpty()) {
      json.put("retry", retry);
    }
    return json;
  }
}

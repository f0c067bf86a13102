package parley.local.functions;

import java.lang.reflect.Type;

/**
 * A parameter of a function and where its value comes from.
 *
 * @param name the binding, or the trigger's metadata, that feeds it; empty for the context
 * @param annotation the simple name of its binding annotation, or an empty string
 */
record FunctionParameter(String name, Type type, Source source, String annotation) {

  enum Source {
    BINDING,
    METADATA,
    CONTEXT
  }
}

package parley.local.functions;

import java.util.Set;

/** Serves bindings that make no function run, as an extension does in Azure. */
public interface BindingExtension {

  /** For hosts that have none. */
  BindingExtension NONE =
      new BindingExtension() {
        @Override
        public Set<String> types() {
          return Set.of();
        }

        @Override
        public Object input(Binding binding, BindingData data) {
          throw new UnsupportedOperationException("no input is served");
        }

        @Override
        public void output(Binding binding, Object value) {
          throw new UnsupportedOperationException("no output is served");
        }
      };

  /** The types of the bindings that it serves. */
  Set<String> types();

  /**
   * Makes a function's input.
   *
   * @return JSON text, or what else a parameter can be made of
   * @throws Exception if that cannot be; the function is not called
   */
  Object input(Binding binding, BindingData data) throws Exception;

  /**
   * Takes what a function has left, which is not null, and returns when it is delivered.
   *
   * @throws Exception if it cannot be; the invocation has failed
   */
  void output(Binding binding, Object value) throws Exception;
}

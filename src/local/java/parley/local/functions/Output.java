package parley.local.functions;

import com.microsoft.azure.functions.OutputBinding;

/** The parameter that a function leaves a value in. */
final class Output implements OutputBinding<Object> {

  private Object value;

  @Override
  public Object getValue() {
    return value;
  }

  @Override
  public void setValue(Object newValue) {
    value = newValue;
  }
}

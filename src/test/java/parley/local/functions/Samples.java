package parley.local.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.List;
import parley.local.SampleFunctions;

/** The sample functions, ready to run. */
public final class Samples {

  private Samples() {}

  public static FunctionCatalog catalog() {
    return FunctionCatalog.of(List.of(SampleFunctions.class));
  }

  public static FunctionInvoker invoker(SampleFunctions functions) {
    DurableClients clients = new DurableClients();
    clients.serve(4001, 7071, "the-system-key");
    return new FunctionInvoker(injector(functions), clients);
  }

  public static FunctionWorker worker(SampleFunctions functions) {
    return new FunctionWorker(catalog(), invoker(functions));
  }

  /** An injector with one instance of one class. */
  public static FunctionInstanceInjector injector(SampleFunctions functions) {
    return new FunctionInstanceInjector() {
      @Override
      public <T> T getInstance(Class<T> functionClass) {
        return functionClass.cast(functions);
      }
    };
  }
}

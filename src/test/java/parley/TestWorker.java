package parley;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.local.functions.DurableClients;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionInvoker;
import parley.local.functions.FunctionWorker;

/** Runs the functions of a few objects, as the Java worker does. */
public final class TestWorker {

  private TestWorker() {}

  public static FunctionWorker of(Object... functions) {
    FunctionInstanceInjector injector =
        new FunctionInstanceInjector() {
          @Override
          public <T> T getInstance(Class<T> type) {
            return Arrays.stream(functions)
                .filter(type::isInstance)
                .findFirst()
                .map(type::cast)
                .orElseThrow();
          }
        };
    FunctionCatalog catalog =
        FunctionCatalog.of(
            Stream.of(functions).<Class<?>>map(Object::getClass).collect(Collectors.toList()));
    return new FunctionWorker(catalog, new FunctionInvoker(injector, new DurableClients()));
  }
}

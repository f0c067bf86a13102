package parley.local.functions;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Runs functions as the Java worker of Azure Functions does: the object comes from the app's
 * injector, and the call goes through every {@link Middleware} on the class path. The one of
 * durabletask-azure-functions is what runs orchestrators.
 */
public final class FunctionInvoker {

  private final FunctionInstanceInjector injector;
  private final DurableClients durableClients;
  private final BindingExtension extension;
  private final List<Middleware> middleware;

  /** For functions whose bindings are triggers, durable clients and what HTTP answers. */
  public FunctionInvoker(FunctionInstanceInjector injector, DurableClients durableClients) {
    this(injector, durableClients, BindingExtension.NONE);
  }

  /**
   * @param extension serves further bindings
   */
  public FunctionInvoker(
      FunctionInstanceInjector injector,
      DurableClients durableClients,
      BindingExtension extension) {
    this.injector = injector;
    this.durableClients = durableClients;
    this.extension = extension;
    // By this class's loader: under exec:java the system class loader knows nothing of the app.
    this.middleware =
        ServiceLoader.load(Middleware.class, FunctionInvoker.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  /**
   * Runs a function.
   *
   * @param trigger the raw value of its trigger
   * @param metadata what its {@code @BindingName} parameters may ask for
   * @return what it, or the last word of the middleware, returned
   * @throws Exception what the function threw, itself; or what kept its bindings from giving or
   *     taking their values
   */
  public Object invoke(FunctionDefinition function, Object trigger, Map<String, String> metadata)
      throws Exception {
    Map<String, Object> values = new HashMap<>();
    for (Binding binding : function.bindings()) {
      if (binding.type().equals("durableClient")) {
        values.put(binding.name(), durableClients.context());
      } else if (extension.types().contains(binding.type())) {
        values.put(
            binding.name(),
            binding.direction().equals("in")
                ? extension.input(binding, new BindingData(trigger, metadata))
                : new Output());
      }
    }
    values.put(function.trigger().name(), trigger);
    Invocation invocation = new Invocation(function, values, metadata);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(function.method().getDeclaringClass().getClassLoader());
    try {
      new Chain(function, invocation, middleware.iterator()).doNext(invocation);
      handOut(function, invocation);
      return invocation.getReturnValue();
    } catch (InvocationTargetException e) {
      throw thrownBy(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Gives away what the function, which has succeeded, left in its outputs. */
  private void handOut(FunctionDefinition function, Invocation invocation) throws Exception {
    for (Binding binding : function.bindings()) {
      if (binding.direction().equals("out") && extension.types().contains(binding.type())) {
        Object value =
            binding.name().equals(FunctionReader.RETURN)
                ? invocation.getReturnValue()
                : ((Output) invocation.getParameterValue(binding.name())).getValue();
        if (value != null) {
          extension.output(binding, value);
        }
      }
    }
  }

  private static Exception thrownBy(InvocationTargetException call) {
    if (call.getCause() instanceof Error error) {
      throw error;
    }
    return call.getCause() instanceof Exception exception ? exception : call;
  }

  private final class Chain implements MiddlewareChain {

    private final FunctionDefinition function;
    private final Invocation invocation;
    private final Iterator<Middleware> rest;

    Chain(FunctionDefinition function, Invocation invocation, Iterator<Middleware> rest) {
      this.function = function;
      this.invocation = invocation;
      this.rest = rest;
    }

    /**
     * Goes on to the next middleware, at last to the function. Its {@link
     * InvocationTargetException} escapes as it is: the orchestration middleware looks for what ends
     * a turn in its cause, and takes anything else for a failure of the orchestrator.
     */
    @Override
    public void doNext(MiddlewareContext context) throws Exception {
      if (rest.hasNext()) {
        rest.next().invoke(context, this);
        return;
      }
      Object instance = injector.getInstance(function.method().getDeclaringClass());
      context.updateReturnValue(function.method().invoke(instance, invocation.arguments()));
    }
  }
}

package parley.local.engine.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.SocketAddress;

/** Lets a service know which connection a call came by: all calls of a channel share one. */
final class CallerAddress implements ServerInterceptor {

  private static final Context.Key<SocketAddress> ADDRESS = Context.key("caller-address");

  /** The far end of the connection of the call that is being served. */
  static SocketAddress get() {
    return ADDRESS.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Context context = Context.current().withValue(ADDRESS, address);
    return Contexts.interceptCall(context, call, headers, next);
  }
}

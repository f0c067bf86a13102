package parley.local.signalr.rest;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.local.signalr.hub.Connection;
import parley.local.signalr.hub.Hubs;
import parley.local.signalr.token.AccessKey;
import parley.local.signalr.token.Audience;
import parley.local.signalr.token.TokenException;
import parley.local.signalr.web.Exchange;

/** Answers below {@code /api}: servers send to clients there, and manage them. */
public final class RestApi {

  private interface Operation {
    int run(Call call) throws IOException, RefusedException;
  }

  private static final Map<String, Operation> OPERATIONS =
      Map.ofEntries(
          Map.entry("POST :send", call -> call.send(call.hub().all())),
          Map.entry("POST users/*/:send", call -> call.send(call.hub().ofUser(call.name(0)))),
          Map.entry("POST connections/*/:send", RestApi::sendToConnection),
          Map.entry("POST groups/*/:send", call -> call.send(call.hub().ofGroup(call.group(0)))),
          Map.entry("POST :closeConnections", call -> call.close(call.hub().all())),
          Map.entry(
              "POST users/*/:closeConnections",
              call -> call.close(call.hub().ofUser(call.name(0)))),
          Map.entry(
              "POST groups/*/:closeConnections",
              call -> call.close(call.hub().ofGroup(call.group(0)))),
          Map.entry("DELETE connections/*", RestApi::closeConnection),
          Map.entry("HEAD users/*", call -> exists(!call.hub().ofUser(call.name(0)).isEmpty())),
          Map.entry("HEAD connections/*", call -> exists(call.connection(0).isPresent())),
          Map.entry("HEAD groups/*", call -> exists(!call.hub().ofGroup(call.group(0)).isEmpty())),
          Map.entry("PUT groups/*/users/*", call -> addUser(call, call.group(0), call.name(1))),
          Map.entry("PUT users/*/groups/*", call -> addUser(call, call.group(1), call.name(0))),
          Map.entry("DELETE groups/*/users/*", call -> drop(call, call.group(0), call.name(1))),
          Map.entry("DELETE users/*/groups/*", call -> drop(call, call.group(1), call.name(0))),
          Map.entry("HEAD groups/*/users/*", call -> has(call, call.group(0), call.name(1))),
          Map.entry("HEAD users/*/groups/*", call -> has(call, call.group(1), call.name(0))),
          Map.entry("DELETE users/*/groups", RestApi::dropFromAll),
          Map.entry("PUT groups/*/connections/*", call -> join(call, call.group(0), 1)),
          Map.entry("PUT connections/*/groups/*", call -> join(call, call.group(1), 0)),
          Map.entry("DELETE groups/*/connections/*", call -> leave(call, call.group(0), 1)),
          Map.entry("DELETE connections/*/groups/*", call -> leave(call, call.group(1), 0)),
          Map.entry("DELETE connections/*/groups", RestApi::leaveAll));

  private final AccessKey key;
  private final Clock clock;
  private final Hubs hubs;

  public RestApi(AccessKey key, Clock clock, Hubs hubs) {
    this.key = key;
    this.clock = clock;
    this.hubs = hubs;
  }

  /**
   * Answers a request.
   *
   * @param path what follows {@code /api}
   * @param port that this service is at
   */
  public void answer(Exchange exchange, List<String> path, int port) throws IOException {
    String method = exchange.method().equals("GET") ? "HEAD" : exchange.method();
    if (method.equals("HEAD") && (path.equals(List.of("health")) || path.equals(v1("health")))) {
      exchange.answer(200);
      return;
    }
    try {
      key.verify(exchange.bearer().orElse(""), clock.instant())
          .require(Audience.ofRequest(port, exchange.path()));
    } catch (TokenException e) {
      exchange.refuseToken(e.getMessage());
      return;
    }
    Optional<Address> address = Address.of(method, path);
    Operation operation =
        address.map(found -> OPERATIONS.get(method + " " + found.shape())).orElse(null);
    if (operation == null) {
      exchange.refuse(404, "NotFound", "no operation has this method and path");
    } else {
      run(operation, exchange, address.get());
    }
  }

  private void run(Operation operation, Exchange exchange, Address address) throws IOException {
    try {
      if (!Hubs.isName(address.hub())) {
        throw new RefusedException(400, "the name of a hub begins with a letter");
      }
      exchange.answer(operation.run(new Call(exchange, address, hubs.hub(address.hub()))));
    } catch (RefusedException e) {
      exchange.refuse(e.status(), "BadRequest", e.getMessage());
    }
  }

  private static int sendToConnection(Call call) throws IOException, RefusedException {
    return call.send(call.connection(0).map(List::of).orElse(List.of()));
  }

  private static int closeConnection(Call call) {
    call.close(call.connection(0).map(List::of).orElse(List.of()));
    return call.status(202, 200);
  }

  private static int addUser(Call call, String group, String userId) {
    call.hub().groups().add(group, userId);
    return call.status(202, 200);
  }

  private static int drop(Call call, String group, String userId) {
    call.hub().groups().remove(group, userId);
    return call.status(202, 200);
  }

  private static int dropFromAll(Call call) {
    call.hub().groups().forget(call.name(0));
    return 200;
  }

  private static int has(Call call, String group, String userId) {
    return exists(call.hub().groups().has(group, userId));
  }

  private static int join(Call call, String group, int connection) {
    Optional<Connection> found = call.connection(connection);
    found.ifPresent(one -> call.hub().groups().add(group, one));
    return exists(found.isPresent());
  }

  private static int leave(Call call, String group, int connection) {
    return exists(
        call.connection(connection)
            .filter(one -> call.hub().groups().remove(group, one))
            .isPresent());
  }

  private static int leaveAll(Call call) {
    Optional<Connection> found = call.connection(0);
    found.ifPresent(one -> call.hub().groups().forget(one));
    return exists(found.isPresent());
  }

  private static int exists(boolean does) {
    return does ? 200 : 404;
  }

  private static List<String> v1(String path) {
    return List.of("v1", path);
  }
}

package parley.matchmaking;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import parley.matchmaking.ServerPool.Held;
import parley.matchmaking.ServerPool.Server;
import parley.matchmaking.ServerPool.State;
import parley.platform.HttpEdge;
import parley.platform.Problem;
import parley.platform.ProblemException;
import parley.platform.Reply;

/** What game servers and operators call. */
public final class ServerFunctions {

  private static final int MOST_SERVERS = 100;

  /** A name or IPv4 address, or an IPv6 address in brackets, and a port. */
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");

  private final HttpEdge edge;
  private final ServerPool servers;
  private final SessionPool sessions;
  private final PoolStats stats;
  private final HandOver handOver;

  public ServerFunctions(
      HttpEdge edge, ServerPool servers, SessionPool sessions, PoolStats stats, HandOver handOver) {
    this.edge = edge;
    this.servers = servers;
    this.sessions = sessions;
    this.stats = stats;
    this.handOver = handOver;
  }

  /** The body that registers servers. */
  record Added(String command, List<AddedServer> servers) {
    Added {
      if (!"addServer".equals(command)) {
        throw new IllegalArgumentException("command is addServer");
      }
      if (servers == null || servers.isEmpty() || servers.size() > MOST_SERVERS) {
        throw new IllegalArgumentException("servers are 1 to " + MOST_SERVERS);
      }
      Set<UUID> ids = new HashSet<>();
      for (AddedServer server : servers) {
        if (server == null || !ids.add(server.id())) {
          throw new IllegalArgumentException("a server stands there twice, or not at all");
        }
      }
    }
  }

  /**
   * One server.
   *
   * @param state {@code inUse} from one that serves players already; else it is free
   */
  record AddedServer(
      @JsonProperty("serverguid") UUID id,
      @JsonProperty("serveripandport") String address,
      String state) {

    AddedServer {
      if (id == null) {
        throw new IllegalArgumentException("serverguid is missing");
      }
      var parts = ADDRESS.matcher(address == null ? "" : address);
      if (!parts.matches()
          || Integer.parseInt(parts.group(2)) < 1
          || Integer.parseInt(parts.group(2)) > 65_535) {
        throw new IllegalArgumentException("serveripandport is host:port");
      }
      state = state == null ? State.FREE.text() : state;
      ServerFunctions.state(state);
    }

    Server server() {
      return new Server(id, address, ServerFunctions.state(state));
    }
  }

  /**
   * The body of a heartbeat.
   *
   * @param sessionId the session that the server is done with; null if it does not say
   */
  record Heartbeat(String state, UUID sessionId) {
    Heartbeat {
      ServerFunctions.state(state);
    }
  }

  /** What a server is told of itself. */
  record ServerView(UUID serverId, String state, UUID sessionId) {}

  /** Registers servers, and gives them to sessions that wait for one. */
  @FunctionName("AddServer")
  public HttpResponseMessage addServer(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "AddServer")
          HttpRequestMessage<Optional<String>> request) {
    return edge.open(
        request,
        Added.class,
        call -> {
          servers.add(call.body().servers().stream().map(AddedServer::server).toList());
          handOver.run();
          return Reply.ok(new AddedReply(call.body().servers().size()));
        });
  }

  /** How many servers were registered. */
  record AddedReply(int servers) {}

  /** Renews a server's lease, and has it back in the pool when it is free. */
  @FunctionName("ServerHeartbeat")
  public HttpResponseMessage serverHeartbeat(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "servers/{serverId}/heartbeat")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("serverId") String serverId) {
    return edge.open(
        request,
        Heartbeat.class,
        call -> {
          UUID id = HttpEdge.id(serverId);
          State said = state(call.body().state());
          Held held =
              servers
                  .heartbeat(id, said, call.body().sessionId())
                  .orElseThrow(ServerFunctions::unknown);
          if (held.state() == State.FREE) {
            handOver.run();
          }
          return Reply.ok(new ServerView(id, held.state().text(), held.sessionId()));
        });
  }

  /** Takes a server out of the pool for good. */
  @FunctionName("RetireServer")
  public HttpResponseMessage retireServer(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.DELETE,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "servers/{serverId}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("serverId") String serverId) {
    return edge.open(
        request,
        call -> {
          if (!servers.retire(HttpEdge.id(serverId))) {
            throw unknown();
          }
          return Reply.of(204, null);
        });
  }

  /** Figures about those who wait, and the servers. */
  @FunctionName("MatchmakingStats")
  public HttpResponseMessage matchmakingStats(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "matchmaking/stats")
          HttpRequestMessage<Optional<String>> request) {
    return edge.open(request, call -> Reply.ok(stats.read()));
  }

  /** Reads all of Redis, and tells what should not be. */
  @FunctionName("MatchmakingCheck")
  public HttpResponseMessage matchmakingCheck(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "matchmaking/check")
          HttpRequestMessage<Optional<String>> request) {
    return edge.open(request, call -> Reply.ok(new Checked(sessions.check())));
  }

  /** One line for each thing that is wrong, a hundred at most. */
  record Checked(List<String> wrong) {}

  private static State state(String text) {
    return State.of(text).orElseThrow(() -> new IllegalArgumentException("state is free or inUse"));
  }

  private static ProblemException unknown() {
    return Problem.notFound("there is no such server; AddServer registers it").exception();
  }
}

package parley.local.signalr.client;

import java.time.Clock;
import java.util.Optional;
import parley.local.signalr.hub.Hubs;
import parley.local.signalr.token.AccessKey;
import parley.local.signalr.token.Audience;
import parley.local.signalr.token.Token;
import parley.local.signalr.token.TokenException;
import parley.local.signalr.web.Exchange;

/** What a client may do that has shown its token: come in to one hub, as one user or as nobody. */
record Admission(String hub, Optional<String> userId) {

  /**
   * Verifies a client's request; one without a token or with a bad one is answered here, and gets
   * nothing.
   */
  static Optional<Admission> of(Exchange exchange, AccessKey key, int port, Clock clock) {
    String hub = exchange.query("hub").orElse("");
    if (!Hubs.isName(hub)) {
      exchange.refuse(400, "BadRequest", "the URL names no hub: /client/?hub=<name>");
      return Optional.empty();
    }
    // Browsers cannot send headers with a WebSocket.
    Optional<String> text = exchange.bearer().or(() -> exchange.query("access_token"));
    if (text.isEmpty()) {
      exchange.refuseToken("a token is needed, in the header Authorization or as access_token");
      return Optional.empty();
    }
    try {
      Token token = key.verify(text.get(), clock.instant());
      token.require(Audience.ofClients(port, hub));
      return Optional.of(new Admission(hub, token.userId()));
    } catch (TokenException e) {
      exchange.refuseToken(e.getMessage());
      return Optional.empty();
    }
  }
}

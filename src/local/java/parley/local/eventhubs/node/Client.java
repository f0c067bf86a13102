package parley.local.eventhubs.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Session;
import parley.local.eventhubs.net.Peer;
import parley.local.eventhubs.sas.Claims;

/** One connection of a client, and the links that it has opened. */
final class Client implements Peer {

  private static final int MOST_LINKS = 512;

  /** Enough to put a token; more is only for who has done that. */
  private static final int MOST_SESSIONS_UNTRUSTED = 8;

  private static final int SESSION_BYTES = 256 << 10;

  private final Claims claims;
  private final Attaching attaching;
  private final Map<Link, LinkEnd> ends = new LinkedHashMap<>();
  private int sessions;
  private boolean trusted;

  /**
   * @param again has the connection's socket look for what is to be done
   */
  Client(Namespace namespace, Claims claims, Runnable again) {
    this.claims = claims;
    this.attaching = new Attaching(namespace, claims, again);
  }

  @Override
  public void handle(Event event) {
    switch (event.getType()) {
      case SESSION_REMOTE_OPEN -> open(event.getSession());
      case SESSION_REMOTE_CLOSE -> close(event.getSession());
      case LINK_REMOTE_OPEN -> attach(event.getLink());
      case LINK_REMOTE_CLOSE, LINK_REMOTE_DETACH -> detach(event.getLink());
      case DELIVERY -> {
        LinkEnd end = ends.get(event.getLink());
        if (end != null) {
          end.delivery(event.getDelivery());
        }
      }
      default -> {}
    }
  }

  @Override
  public void pump() {
    ends.values().forEach(LinkEnd::pump);
  }

  /** Ends links whose token has run out without another. */
  @Override
  public void tick() {
    for (Map.Entry<Link, LinkEnd> entry : List.copyOf(ends.entrySet())) {
      String path = entry.getValue().path();
      if (path != null && !claims.allow(path)) {
        Links.close(entry.getKey(), Refusal.unauthorized(path));
        forget(entry.getKey());
      }
    }
  }

  @Override
  public boolean isTrusted() {
    trusted |= claims.any();
    return trusted;
  }

  @Override
  public void closed() {
    ends.values().forEach(LinkEnd::closed);
    ends.clear();
  }

  private void open(Session session) {
    sessions++;
    session.setIncomingCapacity(SESSION_BYTES);
    session.open();
    if (sessions > MOST_SESSIONS_UNTRUSTED && !isTrusted()) {
      session.setCondition(Refusal.tooMany("First put a token.").error());
      session.close();
    }
  }

  private void close(Session session) {
    for (Link link : List.copyOf(ends.keySet())) {
      if (link.getSession() == session) {
        forget(link);
      }
    }
    sessions--;
    session.close();
    session.free();
  }

  private void attach(Link link) {
    try {
      if (ends.size() >= MOST_LINKS) {
        throw Refusal.tooMany("A connection has at most " + MOST_LINKS + " links.");
      }
      ends.put(link, attaching.attach(link));
    } catch (Refusal e) {
      Links.close(link, e);
    }
  }

  private void detach(Link link) {
    forget(link);
    link.close();
    link.free();
  }

  private void forget(Link link) {
    LinkEnd end = ends.remove(link);
    if (end != null) {
      end.closed();
    }
  }
}

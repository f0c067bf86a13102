package parley.local.eventhubs.node;

import java.util.Arrays;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import parley.local.eventhubs.log.Hub;
import parley.local.eventhubs.log.Partition;
import parley.local.eventhubs.message.MessageException;
import parley.local.eventhubs.message.Selector;
import parley.local.eventhubs.sas.Claims;

/** Decides what a link that a client asks for leads to, and whether it may. */
final class Attaching {

  private static final Symbol EPOCH = Symbol.valueOf("com.microsoft:epoch");
  private static final Symbol TRACK_END =
      Symbol.valueOf("com.microsoft:enable-receiver-runtime-metric");

  private final Namespace namespace;
  private final Claims claims;
  private final Runnable again;
  private final RequestEnd.Replies replies = new RequestEnd.Replies();

  Attaching(Namespace namespace, Claims claims, Runnable again) {
    this.namespace = namespace;
    this.claims = claims;
    this.again = again;
  }

  /**
   * Opens this end of a link.
   *
   * @throws Refusal if there is nothing, or it is not for this client; the link is not opened
   */
  LinkEnd attach(Link link) throws Refusal {
    String address = address(link);
    Address to =
        Address.parse(address)
            .orElseThrow(() -> Refusal.unknownHub(address, namespace.log().names()));
    if (link instanceof Receiver receiver) {
      return receiver(receiver, to, address);
    }
    return sender((Sender) link, to, address);
  }

  /** The client sends. */
  private LinkEnd receiver(Receiver link, Address to, String address) throws Refusal {
    if (to instanceof Address.Producer producer) {
      String path =
          producer.hub()
              + (producer.partition() == null ? "" : "/Partitions/" + producer.partition());
      requireToken(path);
      Hub hub = namespace.hub(producer.hub());
      Partition partition =
          producer.partition() == null ? null : namespace.partition(hub, producer.partition());
      Links.confirm(link);
      return new IngestEnd(namespace, link, hub, partition, path, again);
    }
    if (to instanceof Address.Cbs) {
      Links.confirm(link);
      return new RequestEnd(link, replies, new Cbs(claims));
    }
    if (to instanceof Address.Management) {
      Links.confirm(link);
      return new RequestEnd(link, replies, new Management(namespace, claims));
    }
    throw Refusal.notFound(address, "it can only be read");
  }

  /** The client receives. */
  private LinkEnd sender(Sender link, Address to, String address) throws Refusal {
    if (to instanceof Address.Consumer consumer) {
      return feed(link, consumer);
    }
    if (to instanceof Address.Producer) {
      throw Refusal.notFound(address, "it is read at hub/ConsumerGroups/group/Partitions/id");
    }
    // SDKs call it by its target, or without one by its name.
    String replyTo = link.getRemoteTarget() instanceof Target target ? target.getAddress() : null;
    Links.confirm(link);
    link.open();
    replies.add(replyTo == null ? link.getName() : replyTo, link);
    return new ReplyEnd(link);
  }

  private FeedEnd feed(Sender link, Address.Consumer consumer) throws Refusal {
    String path =
        "%s/ConsumerGroups/%s/Partitions/%s"
            .formatted(consumer.hub(), consumer.group(), consumer.partition());
    requireToken(path);
    Partition partition = namespace.partition(namespace.hub(consumer.hub()), consumer.partition());
    Symbol[] wishes = link.getRemoteDesiredCapabilities();
    boolean tracksEnd = wishes != null && Arrays.asList(wishes).contains(TRACK_END);
    try {
      FeedEnd.Terms terms =
          new FeedEnd.Terms(
              consumer.group(),
              path,
              Selector.read(link.getRemoteSource()),
              epoch(link.getRemoteProperties()),
              tracksEnd);
      Links.confirm(link);
      if (tracksEnd) {
        link.setOfferedCapabilities(new Symbol[] {TRACK_END});
      }
      return new FeedEnd(namespace, link, partition, terms, again);
    } catch (MessageException e) {
      throw Refusal.malformed(e.getMessage());
    }
  }

  private void requireToken(String path) throws Refusal {
    if (!claims.allow(path)) {
      throw Refusal.unauthorized(path);
    }
  }

  private static Long epoch(Map<Symbol, Object> properties) {
    return properties != null && properties.get(EPOCH) instanceof Number number
        ? number.longValue()
        : null;
  }

  private static String address(Link link) {
    String address = null;
    if (link instanceof Receiver) {
      if (link.getRemoteTarget() instanceof Target target) {
        address = target.getAddress();
      }
    } else if (link.getRemoteSource() instanceof Source source) {
      address = source.getAddress();
    }
    return address == null ? "" : address;
  }

  /** Where answers go. */
  private final class ReplyEnd implements LinkEnd {

    private final Sender link;

    ReplyEnd(Sender link) {
      this.link = link;
    }

    @Override
    public String path() {
      return null;
    }

    @Override
    public void delivery(Delivery delivery) {
      if (delivery.remotelySettled()) {
        delivery.settle();
      }
    }

    @Override
    public void closed() {
      replies.remove(link);
    }
  }
}

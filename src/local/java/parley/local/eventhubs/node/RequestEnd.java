package parley.local.eventhubs.node;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;

/** Takes requests in, and sends the answers on the link that each of them names. */
final class RequestEnd implements LinkEnd {

  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_UNREAD = 100;
  private static final int CREDIT = 20;

  private final Receiver link;
  private final Replies replies;
  private final Service service;

  /** What answers. */
  interface Service {
    Reply answer(Message request);
  }

  /**
   * An answer.
   *
   * @param status as in HTTP
   * @param condition the AMQP error, or null
   * @param body may be null
   */
  record Reply(int status, String description, String condition, Object body) {

    static Reply ok(int status, Object body) {
      return new Reply(status, "OK", null, body);
    }

    static Reply refused(int status, String condition, String why) {
      return new Reply(status, why, condition, null);
    }
  }

  /** The links of a connection that take answers, by the address that clients call them by. */
  static final class Replies {

    private final Map<String, Sender> links = new HashMap<>();
    private long tags;

    void add(String address, Sender sender) {
      links.put(address, sender);
    }

    void remove(Sender sender) {
      links.values().remove(sender);
    }

    private void send(String address, Message message) {
      Sender sender = links.get(address);
      if (sender == null) {
        return; // who asked has left
      }
      if (sender.getQueued() > MOST_UNREAD) {
        Links.close(sender, Refusal.tooMany("Answers are not being read."));
        return;
      }
      byte[] bytes = new byte[MOST_BYTES];
      int length = message.encode(bytes, 0, bytes.length);
      Delivery delivery = sender.delivery(ByteBuffer.allocate(Long.BYTES).putLong(tags++).array());
      sender.send(bytes, 0, length);
      delivery.settle();
      sender.advance();
    }
  }

  RequestEnd(Receiver link, Replies replies, Service service) {
    this.link = link;
    this.replies = replies;
    this.service = service;
    link.open();
    link.flow(CREDIT);
  }

  @Override
  public String path() {
    return null;
  }

  @Override
  public void delivery(Delivery changed) {
    for (Delivery next = link.current(); next != null; next = link.current()) {
      if (next.pending() > MOST_BYTES) {
        Links.close(link, Refusal.tooLarge(MOST_BYTES));
        return;
      }
      if (next.isPartial()) {
        return;
      }
      take(next);
    }
  }

  private void take(Delivery delivery) {
    byte[] bytes = new byte[delivery.pending()];
    link.recv(bytes, 0, bytes.length);
    link.advance();
    link.flow(1);
    Message request = Proton.message();
    try {
      request.decode(bytes, 0, bytes.length);
    } catch (RuntimeException | StackOverflowError e) {
      delivery.disposition(Refusal.malformed("The request cannot be read.").rejected());
      delivery.settle();
      return;
    }
    delivery.disposition(Accepted.getInstance());
    delivery.settle();
    replies.send(request.getReplyTo(), message(service.answer(request), request));
  }

  private static Message message(Reply reply, Message request) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("status-code", reply.status());
    properties.put("status-description", reply.description());
    if (reply.condition() != null) {
      properties.put(
          "error-condition", org.apache.qpid.proton.amqp.Symbol.valueOf(reply.condition()));
    }
    Message message = Proton.message();
    message.setCorrelationId(
        request.getMessageId() == null ? request.getCorrelationId() : request.getMessageId());
    message.setApplicationProperties(new ApplicationProperties(properties));
    message.setBody(new AmqpValue(reply.body()));
    return message;
  }
}

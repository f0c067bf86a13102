package parley.local.eventhubs.trigger;

import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.amqp.models.AmqpMessageBodyType;
import com.azure.messaging.eventhubs.EventData;

/** What is in events. */
final class EventBodies {

  private EventBodies() {}

  /** An event as text, whichever kind of body its sender has given it. */
  static String text(EventData event) {
    AmqpMessageBody body = event.getRawAmqpMessage().getBody();
    if (body.getBodyType() == AmqpMessageBodyType.DATA) {
      return event.getBodyAsString();
    }
    return body.getBodyType() == AmqpMessageBodyType.VALUE
        ? String.valueOf(body.getValue())
        : String.valueOf(body.getSequence());
  }
}

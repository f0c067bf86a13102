package parley.local.eventhubs.node;

import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;
import parley.local.eventhubs.sas.Claims;
import parley.local.eventhubs.sas.SasException;

/** Claims-based security: a client puts the tokens here that let it do the rest. */
final class Cbs implements RequestEnd.Service {

  private static final String SAS = "servicebus.windows.net:sastoken";

  private final Claims claims;

  Cbs(Claims claims) {
    this.claims = claims;
  }

  @Override
  public RequestEnd.Reply answer(Message request) {
    Map<String, Object> properties =
        request.getApplicationProperties() == null
            ? Map.of()
            : request.getApplicationProperties().getValue();
    if (!"put-token".equals(properties.get("operation"))
        || !(properties.get("name") instanceof String audience)
        || !(request.getBody() instanceof AmqpValue body)) {
      return malformed("a put-token has an operation, a name and a token as its body");
    }
    if (!SAS.equals(properties.get("type"))) {
      return malformed("a token here is a " + SAS + ", not a " + properties.get("type"));
    }
    try {
      claims.put(String.valueOf(body.getValue()), audience);
      return RequestEnd.Reply.ok(202, null);
    } catch (SasException e) {
      return RequestEnd.Reply.refused(401, "amqp:unauthorized-access", e.getMessage());
    }
  }

  private static RequestEnd.Reply malformed(String why) {
    return RequestEnd.Reply.refused(400, "amqp:invalid-field", why);
  }
}

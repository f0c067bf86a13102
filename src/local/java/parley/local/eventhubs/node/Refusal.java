package parley.local.eventhubs.node;

import java.util.Collection;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/** A client is told no; the condition is for SDKs, the message for people. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  private final String condition;

  private Refusal(String condition, String message) {
    super(message);
    this.condition = condition;
  }

  /** In the words by which SDKs know that trying again is of no use. */
  static Refusal unknownHub(String name, Collection<String> known) {
    return notFound(name, "the hubs here are " + String.join(", ", known));
  }

  static Refusal notFound(String what, String instead) {
    return new Refusal(
        "amqp:not-found",
        "The messaging entity '%s' could not be found: %s.".formatted(what, instead));
  }

  static Refusal unauthorized(String path) {
    return new Refusal(
        "amqp:unauthorized-access",
        "Unauthorized access: no valid token for '%s' was put.".formatted(path));
  }

  static Refusal stolen(String message) {
    return new Refusal("amqp:link:stolen", message);
  }

  static Refusal tooLarge(int bytes) {
    return new Refusal(
        "amqp:link:message-size-exceeded", "A message has at most " + bytes + " bytes.");
  }

  static Refusal tooMany(String message) {
    return new Refusal("amqp:resource-limit-exceeded", message);
  }

  static Refusal malformed(String message) {
    return new Refusal("amqp:decode-error", message);
  }

  static Refusal outOfRange(String message) {
    return new Refusal("com.microsoft:argument-out-of-range", message);
  }

  static Refusal internal(String message) {
    return new Refusal("amqp:internal-error", message);
  }

  String condition() {
    return condition;
  }

  ErrorCondition error() {
    return new ErrorCondition(Symbol.valueOf(condition), getMessage());
  }

  /** The state of a delivery that is refused. */
  Rejected rejected() {
    Rejected rejected = new Rejected();
    rejected.setError(error());
    return rejected;
  }
}

package parley.local.engine.turn;

import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.function.Consumer;

/** Between the protocol's wrapper messages and Java's own values; an absent text is null. */
public final class Protos {

  private Protos() {}

  public static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  public static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** Sets a field of a message unless there is no text for it. */
  static void set(Consumer<StringValue> field, String text) {
    if (text != null) {
      field.accept(StringValue.of(text));
    }
  }

  /** The text of a field that may be absent, which reads as empty unless asked whether it is. */
  public static String text(boolean present, StringValue field) {
    return present ? field.getValue() : null;
  }
}

package parley.local.engine.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Messages as the store keeps them: protobuf bytes, the events of a turn one after the other. */
final class EventBytes {

  private EventBytes() {}

  static byte[] ofTurn(List<HistoryEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (HistoryEvent event : events) {
        event.writeDelimitedTo(bytes);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static List<HistoryEvent> turn(byte[] bytes) {
    List<HistoryEvent> events = new ArrayList<>();
    ByteArrayInputStream input = new ByteArrayInputStream(bytes);
    try {
      while (input.available() > 0) {
        events.add(HistoryEvent.parseDelimitedFrom(input));
      }
    } catch (IOException e) {
      throw new UnreadableException("a turn in the store cannot be read", e);
    }
    return events;
  }

  /** The bytes of a message, or null of null. */
  static byte[] of(MessageLite message) {
    return message == null ? null : message.toByteArray();
  }

  /** The message of these bytes, or null of null. */
  static <M> M read(Parser<M> parser, byte[] bytes) {
    try {
      return bytes == null ? null : parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("a message in the store cannot be read", e);
    }
  }
}

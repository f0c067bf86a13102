package parley.local.eventhubs.message;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;

/** AMQP sections from bytes and to bytes. One thread at a time. */
final class Sections {

  private final DecoderImpl decoder = new DecoderImpl();
  private final EncoderImpl encoder = new EncoderImpl(decoder);
  private ByteBuffer out = ByteBuffer.allocate(4 << 10);

  Sections() {
    AMQPDefinedTypes.registerAllTypes(decoder, encoder);
  }

  /**
   * One section of a message, and where its bytes are.
   *
   * @param end behind its last byte
   */
  record Placed(Section section, int start, int end) {}

  /**
   * Reads all sections of a message, each of them: a toolkit's message has room for one body only.
   *
   * @throws MessageException if the bytes are anything else
   */
  List<Placed> read(byte[] bytes) throws MessageException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    decoder.setByteBuffer(in);
    List<Placed> sections = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        int start = in.position();
        if (!(decoder.readObject() instanceof Section section)) {
          throw new MessageException("something between the sections of a message is no section");
        }
        sections.add(new Placed(section, start, in.position()));
      }
    } catch (RuntimeException | StackOverflowError e) {
      // The decoder throws whatever comes of it.
      throw new MessageException("the sections of a message cannot be read", e);
    }
    return sections;
  }

  /** The bytes of a section. */
  byte[] write(Section section) {
    while (true) {
      out.clear();
      encoder.setByteBuffer(out);
      try {
        encoder.writeObject(section);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
      } catch (BufferOverflowException tooSmall) {
        out = ByteBuffer.allocate(out.capacity() * 2);
      }
    }
  }
}

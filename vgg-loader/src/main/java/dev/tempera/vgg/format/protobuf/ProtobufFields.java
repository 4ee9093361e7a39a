package dev.tempera.vgg.format.protobuf;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks the fields of one protobuf message, in a stretch of any length, and keeps nothing of them.
 * Messages within messages are walked by further objects of this class, so nesting is as deep as
 * the caller goes.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the definition of the
 *     encoding</a>
 */
public final class ProtobufFields {
  private static final int LONGEST_TEXT = 1 << 16;
  private static final int LONGEST_VARINT = 10;
  private static final long GREATEST_TAG = 0xFFFF_FFFFL;

  private static final int PIECE_MEMORY = 256;

  private final FileBytes message;
  private final MemoryBudget budget;
  private @Nullable String tensor;
  private long start;
  private long payload;
  private long end;
  private long missing;
  private int number;
  private WireType wireType = WireType.VARINT;
  private long varint;

  /**
   * Stands before the first field of a message.
   *
   * @param budget payloads and texts are taken from it
   */
  public ProtobufFields(FileBytes message, MemoryBudget budget) {
    this(message, budget, null);
  }

  /**
   * Stands before the first field of a message.
   *
   * @param budget payloads and texts are taken from it
   * @param tensor the tensor that the message is about, for errors, or null where it is not known
   */
  public ProtobufFields(FileBytes message, MemoryBudget budget, @Nullable String tensor) {
    this.message = message;
    this.budget = budget;
    this.tensor = tensor;
  }

  /** Says which tensor the following fields are about, for errors. */
  public void concern(String name) {
    tensor = name;
  }

  /**
   * Goes to the next field, and says whether there is one.
   *
   * @throws TensorFileException if the field is not well formed, or if the field before it ends
   *     past the message
   */
  public boolean next() throws TensorFileException {
    requireWhole();
    start = end;
    if (start == message.size()) {
      return false;
    }
    long tag = readVarint(start);
    number = (int) (tag >>> 3);
    if (number == 0 || tag < 0 || tag > GREATEST_TAG) {
      throw failure("a field cannot have the tag " + Long.toUnsignedString(tag));
    }
    payload = end;
    switch ((int) tag & 7) {
      case 0 -> {
        wireType = WireType.VARINT;
        varint = readVarint(payload);
      }
      case 1 -> endAfter(WireType.FIXED64, Long.BYTES);
      case 2 -> {
        long length = readVarint(payload);
        payload = end;
        endAfter(WireType.LENGTH_DELIMITED, length);
      }
      case 5 -> endAfter(WireType.FIXED32, Integer.BYTES);
      default -> throw failure("field " + number + " has the unknown wire type " + (tag & 7));
    }
    return true;
  }

  /** The number of the field. */
  public int number() {
    return number;
  }

  /** How the field's payload is laid out. */
  public WireType wireType() {
    return wireType;
  }

  /** Whether the field has this number and wire type. */
  public boolean is(int expectedNumber, WireType expectedType) {
    return number == expectedNumber && wireType == expectedType;
  }

  /** The value of a field that is a varint. */
  public long varint() {
    return varint;
  }

  /**
   * The bytes of the field without its tag and length.
   *
   * @throws TensorFileException if it ends past the message, or so many were asked for that they
   *     take too much memory
   */
  public FileBytes payload() throws TensorFileException {
    requireWhole();
    return availablePayload();
  }

  /**
   * The bytes of the field without its tag and length, as far as the message has them, so that a
   * reader can say what a file lacks that was cut short; {@link #next} then refuses it.
   *
   * @throws TensorFileException if so many were asked for that they take too much memory
   */
  public FileBytes availablePayload() throws TensorFileException {
    budget.take(message, tensor, start, PIECE_MEMORY);
    return message.slice(payload, end - payload, "field " + number);
  }

  /**
   * Copies the bytes of the field without its tag and length.
   *
   * @throws TensorFileException if it ends past the message
   */
  public void copyPayload(MemorySegment target, long position) throws TensorFileException {
    requireWhole();
    MemorySegment.copy(message.segment(), payload, target, position, payloadSize());
  }

  /**
   * A byte of the field, counted from the end of its tag and length.
   *
   * @throws TensorFileException if it lies past the message
   */
  int payloadByte(long index) throws TensorFileException {
    return message.uint8(payload + index);
  }

  /** The number of bytes of the field without its tag and length. */
  public long payloadSize() {
    return end - payload;
  }

  /**
   * The text of a length-delimited field.
   *
   * @param what what the text is, for the error
   * @throws TensorFileException if it is longer than 65536 bytes or not valid UTF-8, or so many
   *     were asked for that they take too much memory
   */
  public String text(String what) throws TensorFileException {
    requireWhole();
    if (payloadSize() > LONGEST_TEXT) {
      throw failure(what + " is " + payloadSize() + " bytes long");
    }
    budget.take(message, tensor, start, PIECE_MEMORY + 2 * payloadSize());
    return message.text(payload, payloadSize(), StandardCharsets.UTF_8, what);
  }

  /** The exception that says what is wrong with the field. */
  public TensorFileException failure(String problem) {
    return message.failure(tensor, start, problem);
  }

  private void endAfter(WireType type, long length) throws TensorFileException {
    wireType = type;
    long left = message.size() - payload;
    if (length < 0) {
      throw failure("field " + number + " takes " + Long.toUnsignedString(length) + " bytes");
    }
    missing = Math.max(length - left, 0);
    end = payload + (length - missing);
  }

  private void requireWhole() throws TensorFileException {
    if (missing > 0) {
      throw failure(
          "the file is cut short or damaged: field "
              + number
              + " takes "
              + (payloadSize() + missing)
              + " bytes, "
              + payloadSize()
              + " are left");
    }
  }

  /** Reads a varint, whose end becomes the end of the field. */
  private long readVarint(long position) throws TensorFileException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (position + i == message.size()) {
        throw failure("the file is cut short or damaged: a varint has no end");
      }
      int group = message.uint8(position + i);
      value |= (group & 0x7FL) << (7 * i);
      if (group < 0x80) {
        end = position + i + 1;
        return value;
      }
    }
    throw message.failure(tensor, position, "a varint is longer than " + LONGEST_VARINT + " bytes");
  }
}

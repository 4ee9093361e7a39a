package dev.tempera.vgg.format.protobuf;

/**
 * How the payload of a protobuf field is laid out.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the definition of the
 *     encoding</a>
 */
public enum WireType {
  /** A whole number in groups of 7 bits, the least first. */
  VARINT,
  /** Eight bytes, little-endian. */
  FIXED64,
  /** A length and as many bytes: text, a message, or packed numbers. */
  LENGTH_DELIMITED,
  /** Four bytes, little-endian. */
  FIXED32
}

package dev.tempera.io;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: a JSON object with one member per tensor, and the free text
 * under {@code __metadata__}. It is read as strictly as the format is defined: known types, offsets
 * in range that match the shape, and the tensors side by side without overlap or gap from the end
 * of the header to the end of the file.
 */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";

  /** The most tensors, and the most texts, that a header may have. */
  private static final int MOST_MEMBERS = 1 << 14;

  private final FileBytes header;
  private final JsonReader json;
  private final long dataSize;
  private final Map<String, Member> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /**
   * One tensor of the header.
   *
   * @param position where in the header it is described
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last, counted likewise
   */
  record Member(String name, DType dtype, Shape shape, long begin, long end, long position) {}

  private SafetensorsHeader(FileBytes header, long dataSize) {
    this.header = header;
    this.json = new JsonReader(header);
    this.dataSize = dataSize;
  }

  /**
   * Reads a header.
   *
   * @param header the JSON text with its padding
   * @param dataSize how many bytes follow it
   * @throws TensorFileException if anything in it breaks a rule of the format
   */
  static SafetensorsHeader read(FileBytes header, long dataSize) throws TensorFileException {
    SafetensorsHeader result = new SafetensorsHeader(header, dataSize);
    result.readMembers();
    result.checkLayout();
    return result;
  }

  /** The tensors, in the header's order. */
  Map<String, Member> tensors() {
    return tensors;
  }

  /** The free text. */
  Map<String, String> metadata() {
    return metadata;
  }

  private void readMembers() throws TensorFileException {
    json.expect('{');
    boolean metadataSeen = false;
    for (boolean first = true; json.next(first, '}'); first = false) {
      long position = json.position();
      String name = json.text();
      json.expect(':');
      if (!name.equals(METADATA)) {
        if (tensors.putIfAbsent(name, readTensor(name, position)) != null) {
          throw header.failure(name, position, "the header names this tensor twice");
        }
        requireFew(tensors.size(), "tensors", position);
      } else if (metadataSeen) {
        throw header.failure(position, "the header has two members " + METADATA);
      } else {
        metadataSeen = true;
        readMetadata();
      }
    }
    json.end();
  }

  private void readMetadata() throws TensorFileException {
    json.expect('{');
    for (boolean first = true; json.next(first, '}'); first = false) {
      long position = json.position();
      String key = json.text();
      json.expect(':');
      if (metadata.put(key, json.text()) != null) {
        throw header.failure(
            position, METADATA + " has '" + TensorFileException.printable(key) + "' twice");
      }
      requireFew(metadata.size(), "texts", position);
    }
  }

  private void requireFew(int count, String what, long position) throws TensorFileException {
    if (count > MOST_MEMBERS) {
      throw header.failure(position, "more than " + MOST_MEMBERS + " " + what);
    }
  }

  private Member readTensor(String name, long position) throws TensorFileException {
    String type = null;
    List<Long> lengths = null;
    List<Long> offsets = null;
    json.expect('{');
    for (boolean first = true; json.next(first, '}'); first = false) {
      long keyPosition = json.position();
      String key = json.text();
      json.expect(':');
      if (key.equals("dtype") && type == null) {
        type = json.text();
      } else if (key.equals("shape") && lengths == null) {
        lengths = readNumbers();
      } else if (key.equals("data_offsets") && offsets == null) {
        offsets = readNumbers();
      } else {
        throw header.failure(
            name,
            keyPosition,
            "member '"
                + TensorFileException.printable(key)
                + "' is repeated or unknown; a tensor has dtype, shape and data_offsets");
      }
    }
    if (type == null || lengths == null || offsets == null || offsets.size() != 2) {
      throw header.failure(
          name, position, "needs a dtype, a shape and two data_offsets, and lacks one of them");
    }
    DType dtype = SafetensorsType.named(type);
    if (dtype == null) {
      throw header.failure(
          name,
          position,
          "dtype '" + TensorFileException.printable(type) + "' is not one that Tempera reads");
    }
    Shape shape = header.shape(name, position, lengths);
    Member member = new Member(name, dtype, shape, offsets.getFirst(), offsets.getLast(), position);
    checkRange(member);
    return member;
  }

  private List<Long> readNumbers() throws TensorFileException {
    List<Long> numbers = new ArrayList<>();
    json.expect('[');
    for (boolean first = true; json.next(first, ']'); first = false) {
      numbers.add(json.wholeNumber());
      if (numbers.size() > FileBytes.MOST_AXES) {
        throw json.failure("more than " + FileBytes.MOST_AXES + " numbers");
      }
    }
    return numbers;
  }

  private void checkRange(Member member) throws TensorFileException {
    String range = "data_offsets [" + member.begin + ", " + member.end + "]";
    if (member.begin > member.end || member.end > dataSize) {
      throw header.failure(
          member.name,
          member.position,
          range + " do not lie within the " + dataSize + " bytes of data that the file has");
    }
    long needed = member.shape.size() * member.dtype.byteSize();
    if (member.end - member.begin != needed) {
      throw header.failure(
          member.name,
          member.position,
          range + " do not hold the " + needed + " bytes of " + member.dtype + " " + member.shape);
    }
  }

  private void checkLayout() throws TensorFileException {
    List<Member> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(Member::begin).thenComparingLong(Member::end));
    long expected = 0;
    for (Member member : inOrder) {
      if (member.begin != expected) {
        throw header.failure(
            member.name,
            member.position,
            "starts at byte "
                + member.begin
                + " of the data, the tensor before it ends at "
                + expected
                + "; overlaps and gaps are not allowed");
      }
      expected = member.end;
    }
    if (expected != dataSize) {
      throw header.failure(
          header.size(),
          "the tensors end at byte " + expected + " of the data, the file has " + dataSize);
    }
  }
}

package dev.tempera.vgg.format;

import static dev.tempera.vgg.format.ChunkFilter.CHECKSUM;
import static dev.tempera.vgg.format.ChunkFilter.DEFLATE;
import static dev.tempera.vgg.format.ChunkFilter.SHUFFLE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes HDF5 files as the library does by default (superblock 0, object headers 1, symbol tables,
 * chunks in B-trees), by the format's specification.
 */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by allocate.
final class Hdf5Fixture {
  private static final int SUPERBLOCK_SIZE = 96;
  private static final int DATASPACE = 1;
  private static final int DATATYPE = 3;
  private static final int LAYOUT = 8;
  private static final int FILTERS = 11;
  private static final int ATTRIBUTE = 12;
  private static final int CONTINUATION = 16;
  private static final int SYMBOL_TABLE = 17;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  Hdf5Fixture() {
    file.writeBytes(new byte[SUPERBLOCK_SIZE]);
  }

  /** A net as Keras 2 saves it: one layer, its kernel deflated in chunks, its bias as it is. */
  static byte[] keras() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    long kernel =
        hdf5.deflated(
            float32(ByteOrder.LITTLE_ENDIAN),
            new int[] {3, 3, 2, 5},
            new int[] {2, 3, 2, 3},
            bytes(ByteOrder.LITTLE_ENDIAN, MatFixture.ramp(90)));
    long bias =
        hdf5.dataset(
            float32(ByteOrder.BIG_ENDIAN),
            new int[] {5},
            bytes(ByteOrder.BIG_ENDIAN, MatFixture.ramp(5)));
    long tensors = hdf5.group(Map.of("kernel:0", kernel, "bias:0", bias));
    long layer =
        hdf5.group(
            Map.of("block1_conv1", tensors),
            text("weight_names", "block1_conv1/kernel:0", "block1_conv1/bias:0"));
    long weights = hdf5.group(Map.of("block1_conv1", layer), text("layer_names", "block1_conv1"));
    return hdf5.toBytes(hdf5.group(Map.of("model_weights", weights)), new byte[0]);
  }

  /** One dataset, {@code w}, of two chunks with checksums, the second one cut by the edge. */
  static byte[] checksummed() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    long dataset =
        hdf5.chunked(
            float32(ByteOrder.LITTLE_ENDIAN),
            new int[] {7, 5},
            new int[] {4, 5},
            bytes(ByteOrder.LITTLE_ENDIAN, MatFixture.ramp(35)),
            List.of(SHUFFLE, CHECKSUM));
    return hdf5.toBytes(hdf5.group(Map.of("w", dataset)), new byte[0]);
  }

  /** The net of {@link MatFixture#sample} as MATLAB 7.3 saves it. */
  static byte[] matlab() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    byte[] single = text("MATLAB_class", "single");
    byte[] type = float32(ByteOrder.LITTLE_ENDIAN);
    long kernel =
        hdf5.dataset(
            type,
            new int[] {4, 2, 3, 3},
            bytes(ByteOrder.LITTLE_ENDIAN, MatFixture.ramp(72)),
            single);
    long bias =
        hdf5.dataset(
            type, new int[] {4, 1}, bytes(ByteOrder.LITTLE_ENDIAN, MatFixture.ramp(4)), single);
    long name =
        hdf5.dataset(
            integer(2),
            new int[] {7, 1},
            "conv1_1".getBytes(StandardCharsets.UTF_16LE),
            text("MATLAB_class", "char"));
    long weights = hdf5.cell(kernel, bias);
    long layer =
        hdf5.group(Map.of("name", name, "weights", weights), text("MATLAB_class", "struct"));
    long layers = hdf5.cell(layer);
    long references = hdf5.group(Map.of("a", kernel, "b", bias, "c", layer));
    long root = hdf5.group(Map.of("#refs#", references, "layers", layers));
    return hdf5.toBytes(root, matlabHeader());
  }

  /** What stands before the HDF5 file in MATLAB's. */
  static byte[] matlabHeader() {
    return Arrays.copyOf(
        "MATLAB 7.3 MAT-file, made for a test".getBytes(StandardCharsets.US_ASCII), 512);
  }

  static byte[] float32(ByteOrder order) {
    int bigEndian = order == ByteOrder.BIG_ENDIAN ? 1 : 0;
    return buffer(20)
        .put(new byte[] {0x11, (byte) (0x20 | bigEndian), 0x1F, 0})
        .putInt(4)
        .putShort((short) 0)
        .putShort((short) 32)
        .put(new byte[] {23, 8, 0, 23})
        .putInt(127)
        .array();
  }

  static byte[] integer(int size) {
    ByteBuffer type = buffer(12).put(new byte[] {0x10, 0, 0, 0}).putInt(size);
    return type.putShort((short) 0).putShort((short) (8 * size)).array();
  }

  static byte[] bytes(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** An attribute of texts of equal length, as h5py writes a list of bytes. */
  static byte[] text(String name, String... lines) {
    int size = Arrays.stream(lines).mapToInt(String::length).max().orElse(1);
    ByteBuffer data = buffer(size * lines.length);
    for (int i = 0; i < lines.length; i++) {
      data.put(i * size, lines[i].getBytes(StandardCharsets.UTF_8));
    }
    int[] lengths = lines.length == 1 ? new int[0] : new int[] {lines.length};
    return attribute(name, textType(0, size), lengths, data.array());
  }

  /**
   * The type of texts of a number of bytes.
   *
   * @param padding how shorter ones are filled up: 0 with a zero at the end, 1 zeros, 2 spaces
   */
  static byte[] textType(int padding, int size) {
    return buffer(8).put(new byte[] {0x13, (byte) padding, 0, 0}).putInt(size).array();
  }

  static byte[] attribute(String name, byte[] type, int[] lengths, byte[] data) {
    byte[] space = space(lengths);
    byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = buffer(8).put((byte) 1).put((byte) 0);
    head.putShort((short) nameBytes.length).putShort((short) type.length);
    head.putShort((short) space.length);
    return message(
        ATTRIBUTE, join(head.array(), padded(nameBytes), padded(type), padded(space), data));
  }

  /** A dataset whose elements lie together. */
  long dataset(byte[] type, int[] lengths, byte[] elements, byte[]... attributes) {
    long address = append(elements);
    byte[] layout =
        buffer(18).put((byte) 3).put((byte) 1).putLong(address).putLong(elements.length).array();
    return header(type, lengths, join(message(LAYOUT, layout), join(attributes)));
  }

  /** A dataset in chunks, shuffled and deflated. */
  long deflated(byte[] type, int[] lengths, int[] chunk, byte[] elements, byte[]... attributes) {
    return chunked(type, lengths, chunk, elements, List.of(SHUFFLE, DEFLATE), attributes);
  }

  /**
   * A dataset in chunks.
   *
   * @param filters what is done to each chunk, first step first
   */
  long chunked(
      byte[] type,
      int[] lengths,
      int[] chunk,
      byte[] elements,
      List<ChunkFilter> filters,
      byte[]... attributes) {
    int width = ByteBuffer.wrap(type).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    int rank = lengths.length;
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    int count = 0;
    int[] start = new int[rank];
    for (int axis = 0; axis >= 0; count++) {
      byte[] stored = chunkAt(start, lengths, chunk, elements, width);
      for (ChunkFilter filter : filters) {
        stored = filter.apply(stored, width);
      }
      ByteBuffer key = buffer(8 + 8 * (rank + 1)).putInt(stored.length).putInt(0);
      for (int first : start) {
        key.putLong(first);
      }
      keys.writeBytes(join(key.array(), buffer(8).putLong(append(stored)).array()));
      for (axis = rank - 1; axis >= 0; axis--) {
        start[axis] += chunk[axis];
        if (start[axis] < lengths[axis]) {
          break;
        }
        start[axis] = 0;
      }
    }
    long tree = append(join(treeHead(1, count), keys.toByteArray(), new byte[8 + 8 * (rank + 1)]));
    ByteBuffer layout = buffer(11 + 4 * (rank + 1)).put((byte) 3).put((byte) 2);
    layout.put((byte) (rank + 1)).putLong(tree);
    for (int length : chunk) {
      layout.putInt(length);
    }
    layout.putInt(width);
    byte[] messages = join(message(LAYOUT, layout.array()), join(attributes));
    return header(
        type, lengths, join(message(FILTERS, ChunkFilter.pipeline(filters, width)), messages));
  }

  /** MATLAB's cell array: references to objects. */
  long cell(long... addresses) {
    return references(addresses, text("MATLAB_class", "cell"));
  }

  /** A column of references to objects. */
  long references(long[] addresses, byte[]... attributes) {
    ByteBuffer references = buffer(8 * addresses.length);
    references.asLongBuffer().put(addresses);
    byte[] type = buffer(8).put(new byte[] {0x17, 0, 0, 0}).putInt(8).array();
    return dataset(type, new int[] {addresses.length, 1}, references.array(), attributes);
  }

  long group(Map<String, Long> links, byte[]... attributes) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.writeBytes(new byte[8]);
    ByteArrayOutputStream symbols = new ByteArrayOutputStream();
    for (Map.Entry<String, Long> link : new TreeMap<>(links).entrySet()) {
      symbols.writeBytes(buffer(40).putLong(names.size()).putLong(link.getValue()).array());
      names.writeBytes(padded((link.getKey() + "\0").getBytes(StandardCharsets.UTF_8)));
    }
    byte[] head = buffer(8).put(ascii("SNOD")).put((byte) 1).put((byte) 0).array();
    ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) links.size());
    long node = append(join(head, symbols.toByteArray()));
    int last = names.size() - 8;
    byte[] keys = buffer(24).putLong(0).putLong(node).putLong(last).array();
    long tree = append(join(treeHead(0, 1), keys));
    long data = append(names.toByteArray());
    ByteBuffer heapHead = buffer(32).put(ascii("HEAP")).putInt(0).putLong(names.size());
    long heap = append(heapHead.putLong(1).putLong(data).array());
    byte[] table = buffer(16).putLong(tree).putLong(heap).array();
    return header(join(message(SYMBOL_TABLE, table), join(attributes)), 1 + attributes.length);
  }

  /** An object header that goes on at one and the same place so many times. */
  long continuedHeader(int times, byte[] messages) {
    byte[] place = buffer(16).putLong(append(messages)).putLong(messages.length).array();
    byte[][] continuations = new byte[times][];
    Arrays.fill(continuations, message(CONTINUATION, place));
    return header(join(continuations), times);
  }

  byte[] toBytes(long root, byte[] userBlock) {
    ByteBuffer superblock = buffer(SUPERBLOCK_SIZE);
    superblock.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'});
    superblock.put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0});
    superblock.putShort((short) 16).putShort((short) 16).putInt(0);
    superblock.putLong(userBlock.length).putLong(-1);
    superblock.putLong(userBlock.length + (long) file.size()).putLong(-1);
    superblock.putLong(0).putLong(root);
    byte[] content = file.toByteArray();
    System.arraycopy(superblock.array(), 0, content, 0, SUPERBLOCK_SIZE);
    return join(userBlock, content);
  }

  private long header(byte[] type, int[] lengths, byte[] rest) {
    byte[] messages = join(message(DATASPACE, space(lengths)), message(DATATYPE, type), rest);
    return header(messages, count(messages));
  }

  private static int count(byte[] messages) {
    int count = 0;
    ByteBuffer bytes = ByteBuffer.wrap(messages).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < messages.length; at += 8 + bytes.getShort(at + 2)) {
      count++;
    }
    return count;
  }

  private long header(byte[] messages, int count) {
    ByteBuffer prefix = buffer(16).put((byte) 1).put((byte) 0).putShort((short) count);
    return append(join(prefix.putInt(1).putInt(messages.length).array(), messages));
  }

  private static byte[] space(int[] lengths) {
    ByteBuffer space = buffer(8 + 8 * lengths.length).put((byte) 1).put((byte) lengths.length);
    space.position(8);
    for (int length : lengths) {
      space.putLong(length);
    }
    return space.array();
  }

  /** A message of an object header. */
  static byte[] message(int type, byte[] body) {
    byte[] padded = padded(body);
    ByteBuffer head = buffer(8).putShort((short) type).putShort((short) padded.length);
    return join(head.array(), padded);
  }

  private static byte[] treeHead(int nodeType, int count) {
    ByteBuffer head = buffer(24).put(ascii("TREE")).put((byte) nodeType).put((byte) 0);
    return head.putShort((short) count).putLong(-1).putLong(-1).array();
  }

  private static byte[] chunkAt(
      int[] start, int[] lengths, int[] chunk, byte[] elements, int width) {
    int size = width * Arrays.stream(chunk).reduce(1, (a, b) -> a * b);
    byte[] result = new byte[size];
    for (int element = 0; element < size / width; element++) {
      int place = 0;
      int rest = element;
      int step = 1;
      boolean inside = true;
      for (int axis = chunk.length - 1; axis >= 0; axis--) {
        int index = start[axis] + rest % chunk[axis];
        inside &= index < lengths[axis];
        place += index * step;
        step *= lengths[axis];
        rest /= chunk[axis];
      }
      if (inside) {
        System.arraycopy(elements, place * width, result, element * width, width);
      }
    }
    return result;
  }

  /** Adds bytes to the file, and gives their address. */
  long append(byte[] bytes) {
    long address = file.size();
    file.writeBytes(padded(bytes));
    return address;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + 7) & -8);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}

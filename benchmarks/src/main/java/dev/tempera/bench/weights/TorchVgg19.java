package dev.tempera.bench.weights;

import dev.tempera.data.Shape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes files like the one torchvision publishes for VGG19, with its names, shapes and size (143.7
 * million float32, 575 MB), in both forms of {@code torch.save}. The numbers are random.
 */
final class TorchVgg19 {
  private static final int[][] BLOCKS = {
    {64, 64}, {128, 128}, {256, 256, 256, 256}, {512, 512, 512, 512}, {512, 512, 512, 512}
  };
  private static final int[][] CLASSIFIER = {{4096, 25088}, {4096, 4096}, {1000, 4096}};

  /** The integers 0x1950a86a20f9469cfc6c, 1001 and a dict of facts that nobody reads, pickled. */
  private static final int[][] LEGACY_START = {
    {0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, '.'},
    {0x80, 2, 'M', 0xE9, 0x03, '.'},
    {0x80, 2, '}', '.'}
  };

  private static final byte[] NUMBERS = numbers();

  private final List<Parameter> parameters = new ArrayList<>();

  /** One tensor, which has a storage of its own. */
  private record Parameter(String name, Shape shape) {
    int elements() {
      return Math.toIntExact(shape.size());
    }
  }

  TorchVgg19() {
    int channels = 3;
    int position = 0;
    for (int[] block : BLOCKS) {
      for (int width : block) {
        add("features." + position, width, channels, 3, 3);
        channels = width;
        position += 2;
      }
      position++;
    }
    for (int i = 0; i < CLASSIFIER.length; i++) {
      add("classifier." + 3 * i, CLASSIFIER[i]);
    }
  }

  private void add(String prefix, int... weightShape) {
    parameters.add(new Parameter(prefix + ".weight", Shape.of(weightShape)));
    parameters.add(new Parameter(prefix + ".bias", Shape.of(weightShape[0])));
  }

  /** Writes the form since PyTorch 1.6, a zip archive. */
  void writeZip(Path path) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(open(path))) {
      byte[] pickle = stateDict();
      CRC32 checksum = new CRC32();
      checksum.update(pickle);
      zip.putNextEntry(stored("vgg19/data.pkl", pickle.length, checksum.getValue()));
      zip.write(pickle);
      for (int key = 0; key < parameters.size(); key++) {
        int bytes = parameters.get(key).elements() * Float.BYTES;
        CRC32 sum = new CRC32();
        writeNumbers(bytes, (block, length) -> sum.update(block, 0, length));
        zip.putNextEntry(stored("vgg19/data/" + key, bytes, sum.getValue()));
        writeNumbers(bytes, (block, length) -> zip.write(block, 0, length));
      }
    }
  }

  /** Writes the form before PyTorch 1.6, a stream. */
  void writeLegacy(Path path) throws IOException {
    try (OutputStream out = open(path)) {
      for (int[] pickle : LEGACY_START) {
        for (int code : pickle) {
          out.write(code);
        }
      }
      out.write(stateDict());
      Pickle keys = new Pickle().raw(']', '(');
      for (int key = 0; key < parameters.size(); key++) {
        keys.text(Integer.toString(key));
      }
      out.write(keys.raw('e', '.').toByteArray());
      for (Parameter parameter : parameters) {
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(count.putLong(parameter.elements()).array());
        writeNumbers(
            parameter.elements() * Float.BYTES, (block, length) -> out.write(block, 0, length));
      }
    }
  }

  private static OutputStream open(Path path) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
  }

  private static ZipEntry stored(String name, long size, long crc32) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCrc(crc32);
    return entry;
  }

  private byte[] stateDict() {
    Pickle pickle = new Pickle().global("collections", "OrderedDict").raw(')', 'R', '(');
    for (int key = 0; key < parameters.size(); key++) {
      Parameter parameter = parameters.get(key);
      pickle.text(parameter.name()).global("torch._utils", "_rebuild_tensor_v2").raw('(', '(');
      pickle.text("storage").global("torch", "FloatStorage").text(Integer.toString(key));
      pickle.text("cpu").integer(parameter.elements()).raw('t', 'Q').integer(0);
      pickle.integers(IntStream.of(parameter.shape().toArray()));
      pickle.integers(
          LongStream.of(parameter.shape().rowMajorStrides()).mapToInt(Math::toIntExact));
      pickle.raw(0x89);
      pickle.global("collections", "OrderedDict").raw(')', 'R', 't', 'R');
    }
    return pickle.raw('u', '.').toByteArray();
  }

  /** Takes some bytes. */
  @FunctionalInterface
  private interface Sink {
    void write(byte[] block, int length) throws IOException;
  }

  private static void writeNumbers(int bytes, Sink sink) throws IOException {
    for (int left = bytes; left > 0; left -= NUMBERS.length) {
      sink.write(NUMBERS, Math.min(left, NUMBERS.length));
    }
  }

  private static byte[] numbers() {
    ByteBuffer block = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(19);
    while (block.hasRemaining()) {
      block.putFloat((float) (random.nextDouble() * 0.02 - 0.01));
    }
    return block.array();
  }

  /** Writes a pickle of protocol 2, operation by operation. */
  private static final class Pickle {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pickle() {
      raw(0x80, 2);
    }

    Pickle raw(int... codes) {
      for (int code : codes) {
        bytes.write(code);
      }
      return this;
    }

    Pickle text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      raw('X').int32(utf8.length).bytes.writeBytes(utf8);
      return this;
    }

    Pickle global(String module, String name) {
      raw('c').bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Pickle integer(int value) {
      return raw('J').int32(value);
    }

    Pickle integers(IntStream values) {
      raw('(');
      values.forEach(this::integer);
      return raw('t');
    }

    private Pickle int32(int value) {
      bytes.writeBytes(
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
      return this;
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}

package dev.tempera.bench.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The file that torchvision publishes for VGG19, in both forms of {@code torch.save}. */
final class TorchVgg19 {
  /** The integers 0x1950a86a20f9469cfc6c, 1001 and a dict of facts that nobody reads, pickled. */
  private static final int[][] LEGACY_START = {
    {0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, '.'},
    {0x80, 2, 'M', 0xE9, 0x03, '.'},
    {0x80, 2, '}', '.'}
  };

  private final List<Parameter> parameters = new ArrayList<>();

  TorchVgg19(List<Vgg19.Layer> layers) {
    for (Vgg19.Layer layer : layers) {
      List<Long> shape = LongStream.of(layer.weightShape()).boxed().toList();
      parameters.add(new Parameter(layer.torchName() + ".weight", shape));
      parameters.add(new Parameter(layer.torchName() + ".bias", List.of((long) layer.outputs())));
    }
  }

  /** One tensor, which has a storage of its own. */
  private record Parameter(String name, List<Long> shape) {
    long elements() {
      return lengths().reduce(1, Math::multiplyExact);
    }

    LongStream lengths() {
      return shape.stream().mapToLong(Long::longValue);
    }

    LongStream strides() {
      LongStream.Builder strides = LongStream.builder();
      long step = elements();
      for (long length : shape) {
        step /= length;
        strides.add(step);
      }
      return strides.build();
    }
  }

  /** Writes the form since PyTorch 1.6, a zip archive. */
  void writeZip(Path path) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16))) {
      store(zip, "vgg19/data.pkl", stateDict());
      for (int key = 0; key < parameters.size(); key++) {
        store(zip, "vgg19/data/" + key, Content.floats(parameters.get(key).elements()));
      }
    }
  }

  private static void store(ZipOutputStream zip, String name, Content content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.size());
    CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    content.write(sum);
    entry.setCrc(sum.getChecksum().getValue());
    zip.putNextEntry(entry);
    content.write(zip);
  }

  /** The form before PyTorch 1.6, a stream. */
  Content legacy() {
    LittleEndian start = new LittleEndian();
    for (int[] pickle : LEGACY_START) {
      start.int8(pickle);
    }
    Pickle keys = new Pickle().start().raw(']', '(');
    for (int key = 0; key < parameters.size(); key++) {
      keys.text(Integer.toString(key));
    }
    List<Content> parts = new ArrayList<>();
    parts.add(start.toContent());
    parts.add(stateDict());
    parts.add(keys.raw('e', '.').toContent());
    for (Parameter parameter : parameters) {
      parts.add(new LittleEndian().int64(parameter.elements()).toContent());
      parts.add(Content.floats(parameter.elements()));
    }
    return Content.join(parts);
  }

  private Content stateDict() {
    Pickle pickle = new Pickle().start().global("collections", "OrderedDict").raw(')', 'R', '(');
    for (int key = 0; key < parameters.size(); key++) {
      Parameter parameter = parameters.get(key);
      pickle.text(parameter.name()).global("torch._utils", "_rebuild_tensor_v2").raw('(', '(');
      pickle.text("storage").global("torch", "FloatStorage").text(Integer.toString(key));
      pickle.text("cpu").integer(Math.toIntExact(parameter.elements())).raw('t', 'Q').integer(0);
      pickle.integers(parameter.lengths()).integers(parameter.strides()).raw(0x89);
      pickle.global("collections", "OrderedDict").raw(')', 'R', 't', 'R');
    }
    return pickle.raw('u', '.').toContent();
  }
}

package dev.tempera.bench.weights;

import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorFile;
import dev.tempera.io.npy.NpzWriter;
import dev.tempera.io.npy.NpzWriter.Compression;
import dev.tempera.vgg.format.WeightFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One net in a file of each format. */
final class Vgg19Files {
  private static final String FIRST = "vgg19-zip.pth";

  private final List<Vgg19.Layer> layers;

  Vgg19Files(List<Vgg19.Layer> layers) {
    this.layers = layers;
  }

  /** Writes to a path. */
  @FunctionalInterface
  private interface Step {
    void write(Path path) throws IOException;
  }

  /** Makes the bytes of a file. */
  @FunctionalInterface
  private interface Maker {
    Content make() throws IOException;
  }

  /**
   * What writes one file.
   *
   * @param name its name in the folder
   */
  record Writer(String name, Step step) {
    /** Writes it into a folder. */
    void write(Path folder) throws IOException {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      step.write(path);
    }
  }

  /** All of them; those that this project's own writers make are made from the first. */
  List<Writer> writers() {
    TorchVgg19 torch = new TorchVgg19(layers);
    return List.of(
        new Writer(FIRST, torch::writeZip),
        new Writer("vgg19-legacy.pth", to(torch::legacy)),
        new Writer("vgg19.safetensors", path -> convert(path, false)),
        new Writer("vgg19.npz", path -> convert(path, true)),
        new Writer("vgg19.npy", to(() -> NumpyVgg19.file(layers))),
        new Writer("vgg19.h5", to(() -> KerasVgg19.file(layers))),
        new Writer("vgg19.caffemodel", to(() -> CaffeVgg19.file(layers))),
        new Writer("vgg19.onnx", to(() -> OnnxVgg19.file(layers))),
        new Writer("vgg19.params", to(() -> MxnetVgg19.file(layers))),
        new Writer("vgg19-plain.mat", to(() -> MatVgg19.plain(layers))),
        new Writer("vgg19-compressed.mat", to(() -> MatVgg19.compressed(layers))),
        new Writer("tfjs/model.json", path -> TfjsVgg19.write(path, layers)));
  }

  private static Step to(Maker maker) {
    return path -> {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
        maker.make().write(out);
      }
    };
  }

  private static void convert(Path to, boolean npz) throws IOException {
    try (TensorFile file = WeightFiles.open(to.resolveSibling(FIRST))) {
      if (npz) {
        NpzWriter.write(to, file.entries().values(), Compression.STORED);
      } else {
        SafetensorsWriter.write(to, file.entries().values(), Map.of());
      }
    }
  }
}

package dev.tempera.bench.weights;

import dev.tempera.bench.process.JavaCommand;
import dev.tempera.bench.process.PeerProcess;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long full-size VGG19 files of each format take to load up to conv5_1, and how much memory
 * that takes beyond the weights themselves.
 *
 * <p>Arguments: a folder for the files (a temporary one; 6.5 GB), repetitions (7). Files that lie
 * in the folder are not written again. Prints one line a file, each measured by a process of its
 * own; see {@link LoadingTimes}.
 */
public final class WeightLoading {
  private WeightLoading() {}

  /** Writes a file. */
  @FunctionalInterface
  private interface Writer {
    void write(Path path) throws IOException;
  }

  /** Makes the bytes of a file. */
  @FunctionalInterface
  private interface Maker {
    Content make() throws IOException;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException {
    Path folder =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("weights");
    String repetitions = arguments.length > 1 ? arguments[1] : "7";
    for (Map.Entry<String, Writer> file : files(Files.createDirectories(folder)).entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.exists(path)) {
        Files.createDirectories(path.getParent());
        file.getValue().write(path);
      }
      try (PeerProcess process =
          new PeerProcess(
              JavaCommand.LIKE_THIS.running(
                  LoadingTimes.class.getName(), path.toString(), repetitions),
              Map.of())) {
        System.out.println(process.answer());
      }
    }
  }

  /** What writes each file; those of this project's own writers are made from the first. */
  private static Map<String, Writer> files(Path folder) {
    Path zip = folder.resolve("vgg19-zip.pth");
    Map<String, Writer> files = new LinkedHashMap<>();
    files.put("vgg19-zip.pth", TorchVgg19::writeZip);
    files.put("vgg19-legacy.pth", to(TorchVgg19::legacy));
    files.put("vgg19.safetensors", path -> convert(zip, path, false));
    files.put("vgg19.npz", path -> convert(zip, path, true));
    files.put("vgg19.npy", to(NumpyVgg19::file));
    files.put("vgg19.h5", to(KerasVgg19::file));
    files.put("vgg19.caffemodel", to(CaffeVgg19::file));
    files.put("vgg19.onnx", to(OnnxVgg19::file));
    files.put("vgg19.params", to(MxnetVgg19::file));
    files.put("vgg19-plain.mat", to(MatVgg19::plain));
    files.put("vgg19-compressed.mat", to(MatVgg19::compressed));
    files.put("tfjs/model.json", TfjsVgg19::write);
    return files;
  }

  private static Writer to(Maker maker) {
    return path -> {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
        maker.make().write(out);
      }
    };
  }

  private static void convert(Path from, Path to, boolean npz) throws IOException {
    try (TensorFile file = WeightFiles.open(from)) {
      if (npz) {
        NpzWriter.write(to, file.entries().values(), Compression.STORED);
      } else {
        SafetensorsWriter.write(to, file.entries().values(), Map.of());
      }
    }
  }
}

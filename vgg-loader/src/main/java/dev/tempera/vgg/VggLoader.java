package dev.tempera.vgg;

import dev.tempera.backend.PaddingMode;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.tensor.Tensor;
import dev.tempera.vgg.format.WeightFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link VggNet} from a file of weights: finds the convolutions by the publisher's names,
 * takes the net's shape from the tensors, and settles preprocessing, padding and pooling by where
 * the weights come from.
 */
public final class VggLoader {
  private VggLoader() {}

  /**
   * The net in a file.
   *
   * @param deepest nothing behind this layer is read; null for all there is
   * @throws IOException if the file is damaged, of no known format, or holds no VGG-shaped net
   */
  public static VggNet load(Path file, @Nullable Layer deepest) throws IOException {
    try (TensorFile tensors = WeightFiles.open(file)) {
      for (KeyScheme scheme : KeyScheme.values()) {
        Optional<KeyScheme.Keys> keys = scheme.map(tensors.entries());
        if (keys.isPresent()) {
          return new Loading(file, tensors, scheme, keys.get()).net(deepest);
        }
      }
      throw new IOException(
          file
              + ": no VGG-shaped net in here; tensors are named "
              + String.join(", ", tensors.entries().keySet().stream().limit(4).toList())
              + ", expected names like conv1_1.weight or features.0.weight");
    }
  }

  /** One file being loaded. */
  private record Loading(Path file, TensorFile tensors, KeyScheme scheme, KeyScheme.Keys keys) {
    VggNet net(@Nullable Layer deepest) throws IOException {
      Vgg whole =
          new Vgg(
              widths(),
              isTorchvision() || keys.preprocessing().isEmpty()
                  ? PaddingMode.ZERO
                  : PaddingMode.REFLECT,
              scheme == KeyScheme.SEQUENTIAL && keys.preprocessing().isPresent(),
              preprocessing(),
              false);
      Vgg description = deepest == null ? whole : whole.until(deepest);
      return VggNet.of(
          description,
          family(),
          origin(description),
          layer -> {
            String prefix = Objects.requireNonNull(keys.convolutions().get(layer));
            return new ConvWeights(tensor(prefix + ".weight"), tensor(prefix + ".bias"));
          });
    }

    private String origin(Vgg description) {
      return file.getFileName()
          + ": "
          + family().description()
          + ", "
          + description.convolutions().size()
          + " convolutions to "
          + description.deepest();
    }

    private boolean isTorchvision() {
      return scheme == KeyScheme.SEQUENTIAL && keys.preprocessing().isEmpty();
    }

    private WeightFamily family() {
      if (keys.preprocessing().isPresent()) {
        return WeightFamily.NORMALISED;
      }
      return isTorchvision() ? WeightFamily.TORCHVISION : WeightFamily.CAFFE;
    }

    private Preprocessing preprocessing() throws IOException {
      if (keys.preprocessing().isPresent()) {
        String prefix = keys.preprocessing().get();
        return new Preprocessing(values(prefix + ".weight", 9), values(prefix + ".bias", 3));
      }
      return isTorchvision() ? Preprocessing.TORCHVISION : Preprocessing.CAFFE;
    }

    /** Output channels block by block; a net with a gap is refused. */
    private List<List<Integer>> widths() throws IOException {
      List<List<Integer>> blocks = new ArrayList<>();
      int channels = 3;
      for (Map.Entry<Layer, String> entry : keys.convolutions().entrySet()) {
        Layer layer = entry.getKey();
        if (layer.index() == 1) {
          blocks.add(new ArrayList<>());
        }
        if (layer.block() != blocks.size()
            || layer.index() != blocks.get(blocks.size() - 1).size() + 1) {
          throw new IOException(
              file + ": the net has " + layer + " but not the convolution before it");
        }
        TensorEntry kernel = entry(entry.getValue() + ".weight");
        channels = requireKernel(kernel, channels);
        requireBias(entry(entry.getValue() + ".bias"), channels);
        blocks.get(blocks.size() - 1).add(kernel.shape().dim(0));
      }
      return blocks.stream().map(List::copyOf).toList();
    }

    /** Refuses what is no 3×3 kernel for so many input channels; returns its output channels. */
    private int requireKernel(TensorEntry kernel, int channels) throws IOException {
      Shape shape = kernel.shape();
      if (shape.rank() != 4
          || shape.dim(0) < 1
          || !shape.equals(Shape.of(shape.dim(0), channels, 3, 3))) {
        throw new IOException(
            file
                + ": no VGG-shaped net: tensor '"
                + kernel.name()
                + "' has shape "
                + shape
                + ", a 3×3 kernel for "
                + channels
                + " channels has [Cout, "
                + channels
                + ", 3, 3]");
      }
      return shape.dim(0);
    }

    private void requireBias(TensorEntry bias, int channels) throws IOException {
      if (!bias.shape().equals(Shape.of(channels))) {
        throw new IOException(
            file
                + ": tensor '"
                + bias.name()
                + "' has shape "
                + bias.shape()
                + ", the bias of "
                + channels
                + " channels has ["
                + channels
                + "]");
      }
    }

    private Tensor tensor(String name) throws IOException {
      TensorEntry entry = entry(name);
      if (entry.dtype() == DType.FLOAT32) {
        return entry.toTensor();
      }
      try (Arena arena = Arena.ofConfined()) {
        return Tensor.upload(entry.toFloat32(arena), DType.FLOAT32, entry.shape());
      }
    }

    private float[] values(String name, int count) throws IOException {
      TensorEntry entry = entry(name);
      if (entry.shape().size() != count) {
        throw new IOException(
            file
                + ": tensor '"
                + name
                + "' has shape "
                + entry.shape()
                + ", expected "
                + count
                + " numbers of a 1×1 convolution from three channels to three");
      }
      return entry.toFloats();
    }

    private TensorEntry entry(String name) throws IOException {
      return tensors.entry(name);
    }
  }
}

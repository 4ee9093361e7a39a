package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last resort, by shapes alone: all kernels of the file, in the order of the graph where one is
 * known and of the file otherwise, make one chain of 3×3 convolutions from three channels, perhaps
 * behind a 1×1 convolution of pixels. Without a graph, a vector as long as a kernel has outputs,
 * between it and the next kernel, is its bias.
 */
final class ShapeScheme implements WeightScheme {
  private static final Pattern NODE = Pattern.compile("conv@\\d+");
  private static final int FEWEST_CONVOLUTIONS = 2;

  ShapeScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    List<StoredConvolution> chain = inGraphOrder(table);
    if (chain.isEmpty()) {
      chain = inFileOrder(table);
    }
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    StoredConvolution first = chain.getFirst();
    boolean preprocessed = PixelConvolution.is(first);
    List<StoredConvolution> convolutions = preprocessed ? chain.subList(1, chain.size()) : chain;
    Optional<KernelOrder> order =
        KernelOrder.of(convolutions.stream().map(StoredConvolution::kernel).toList());
    if (order.isEmpty() || convolutions.size() < FEWEST_CONVOLUTIONS) {
      return Optional.empty();
    }
    List<Integer> widths =
        convolutions.stream()
            .map(layer -> order.get().shape(layer.kernel().shape()).dim(0))
            .toList();
    MappingDraft draft =
        new MappingDraft(
                table,
                "a VGG-shaped net by the shapes of its kernels",
                BlockLayout.layers(convolutions, widths))
            .because(
                "No known names were found; kernels were taken in the order of the graph, or else of the file.")
            .because(BlockLayout.REASON);
    if (preprocessed) {
      return Optional.of(
          draft.build(WeightConvention.normalised(PixelConvolution.of(table, first), false)));
    }
    return Optional.of(draft.build(guessed(convolutions.getFirst(), order.get())));
  }

  private static WeightConvention guessed(StoredConvolution first, KernelOrder order)
      throws IOException {
    float[] kernel = order.view(first.kernel()).toFloats();
    for (WeightConvention convention :
        List.of(WeightConvention.CAFFE_BGR, WeightConvention.CAFFE_RGB)) {
      FirstFilters filters = FirstFilters.of(kernel, convention.preprocessing());
      if (filters.areVgg19() && filters.channels() == FirstFilters.Agreement.SAME) {
        return convention.with(
            convention.preprocessing(),
            convention.reason() + " The first filters, which are the authors' VGG19's, say so.");
      }
    }
    return WeightConvention.TORCHVISION.with(
        WeightConvention.TORCHVISION.preprocessing(),
        "Nothing tells the preprocessing; torchvision's was taken, the most common.");
  }

  /** The convolutions that the metadata lists as nodes of a graph, kernel and bias a line each. */
  private static List<StoredConvolution> inGraphOrder(WeightTable table) {
    List<StoredConvolution> chain = new ArrayList<>();
    for (Map.Entry<String, String> node : table.metadata().entrySet()) {
      if (NODE.matcher(node.getKey()).matches()) {
        List<String> names = node.getValue().lines().toList();
        Optional<TensorEntry> kernel = table.find(names.isEmpty() ? "" : names.getFirst());
        if (kernel.isPresent()) {
          chain.add(
              StoredConvolution.of(
                  kernel.get(), names.size() < 2 ? Optional.empty() : table.find(names.get(1))));
        }
      }
    }
    return chain;
  }

  private static List<StoredConvolution> inFileOrder(WeightTable table) {
    List<TensorEntry> entries = List.copyOf(table.entries().values());
    List<StoredConvolution> chain = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).shape().rank() == 4) {
        chain.add(StoredConvolution.of(entries.get(i), bias(entries, i)));
      }
    }
    return chain;
  }

  private static Optional<TensorEntry> bias(List<TensorEntry> entries, int kernel) {
    TensorEntry weights = entries.get(kernel);
    for (int i = kernel + 1; i < entries.size() && entries.get(i).shape().rank() != 4; i++) {
      long size = entries.get(i).shape().size();
      if (size == weights.shape().dim(0) || size == weights.shape().dim(3)) {
        return Optional.of(entries.get(i));
      }
    }
    return Optional.empty();
  }
}

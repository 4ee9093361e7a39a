package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Convolutions that are only numbered: {@code vgg0_conv0_weight} (Gluon, and the ONNX zoo's files
 * made of it), {@code layers/conv2d_3/vars/0} and {@code conv2d_3/kernel:0} (Keras), where the
 * first has no number.
 */
final class NumberedScheme implements WeightScheme {
  private static final Pattern GLUON = Pattern.compile("(?:.*[_:])?(conv|dense)(\\d{1,3})_weight");
  private static final Pattern KERAS =
      Pattern.compile(
          "(?!optimizer)(?:.*/)?(conv2d|dense)(?:_(\\d{1,4}))?/(vars/0|kernel|kernel:0)");

  NumberedScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    Optional<NetMapping> gluon =
        map(table, GLUON, "numbered layers of Gluon (conv0_weight)", WeightConvention.TORCHVISION);
    return gluon.isPresent()
        ? gluon
        : map(table, KERAS, "numbered layers of Keras (conv2d)", WeightConvention.CAFFE_BGR);
  }

  private static Optional<NetMapping> map(
      WeightTable table, Pattern key, String source, WeightConvention convention)
      throws IOException {
    NavigableMap<Integer, StoredConvolution> convolutions = new TreeMap<>();
    NavigableMap<Integer, StoredConvolution> dense = new TreeMap<>();
    for (Map.Entry<String, TensorEntry> entry : table.entries().entrySet()) {
      Matcher matcher = key.matcher(entry.getKey());
      if (matcher.matches()) {
        int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        boolean isDense = matcher.group(1).equals("dense");
        (isDense ? dense : convolutions).put(number, stored(table, entry.getValue(), number));
      }
    }
    List<StoredConvolution> chain = new ArrayList<>(convolutions.values());
    Optional<KernelOrder> order =
        KernelOrder.of(chain.stream().map(StoredConvolution::kernel).toList());
    long kernels = table.entries().values().stream().filter(e -> e.shape().rank() == 4).count();
    if (order.isEmpty() || kernels != chain.size()) {
      return Optional.empty();
    }
    List<Integer> widths =
        chain.stream().map(layer -> order.get().shape(layer.kernel().shape()).dim(0)).toList();
    return Optional.of(
        new MappingDraft(table, source, BlockLayout.layers(chain, widths))
            .because(BlockLayout.REASON)
            .fullyConnected(ClassifierNames.inOrder(dense.values()))
            .build(convention));
  }

  private static StoredConvolution stored(WeightTable table, TensorEntry kernel, int number) {
    String name = kernel.name();
    String bias =
        name.replaceFirst("_weight$", "_bias")
            .replaceFirst("kernel(:0)?$", "bias$1")
            .replaceFirst("vars/0$", "vars/1");
    String normalization =
        name.replaceFirst("conv\\d+_weight$", "batchnorm" + number).replaceFirst("^arg:", "");
    return new StoredConvolution(
        kernel,
        table.find(bias),
        BatchNormalization.find(
                table,
                normalization + "_gamma",
                normalization + "_beta",
                normalization + "_running_mean",
                normalization + "_running_var")
            .or(
                () ->
                    BatchNormalization.find(
                        table,
                        "arg:" + normalization + "_gamma",
                        "arg:" + normalization + "_beta",
                        "aux:" + normalization + "_running_mean",
                        "aux:" + normalization + "_running_var")));
  }
}

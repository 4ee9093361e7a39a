package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.FirstFilters.Agreement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Tells whether weights are read as they were meant: the first filters are compared with those of
 * the authors' VGG19, and the net's answer to a test pattern with what that net answers.
 *
 * @param activity the answers to the test pattern by layer
 * @param findings what was found, in sentences
 * @param sound whether nothing was found wrong
 */
public record WeightVerification(
    Map<Layer, LayerActivity> activity, List<String> findings, boolean sound) {

  /**
   * The share of active units of the authors' VGG19 on the test pattern, measured on its normalised
   * form, which is published up to conv3_1.
   */
  private static final Map<Layer, Double> VGG19_ACTIVE_SHARE =
      Map.of(
          Layer.relu(1, 1), 0.5026,
          Layer.relu(1, 2), 0.6234,
          Layer.relu(2, 1), 0.5317,
          Layer.relu(2, 2), 0.4304,
          Layer.relu(3, 1), 0.4863);

  /** What rounding of weights to 16 bits and another mean colour may change. */
  private static final double SHARE_TOLERANCE = 0.01;

  /**
   * Verifies a file.
   *
   * @throws IOException if it cannot be read, or holds no VGG-shaped net
   */
  public static WeightVerification of(Path path) throws IOException {
    try (TensorFile file = WeightFiles.open(path)) {
      NetMapping mapping = NetMappings.of(path, file);
      Judgement judgement = new Judgement();
      boolean vgg19 = judgement.firstFilters(mapping);
      try (VggNet net = net(mapping)) {
        Map<Layer, LayerActivity> activity = LayerActivity.of(net);
        activity.forEach(judgement::answer);
        if (vgg19) {
          judgement.compare(activity);
        }
        return new WeightVerification(activity, judgement.findings, judgement.sound);
      }
    }
  }

  private static VggNet net(NetMapping mapping) throws IOException {
    Vgg description = mapping.description();
    return VggNet.of(
        description,
        mapping.family(),
        mapping.source(),
        layer -> Objects.requireNonNull(mapping.convolutions().get(layer)).load());
  }

  /** Gathers what is found. */
  private static final class Judgement {
    private final List<String> findings = new ArrayList<>();
    private boolean sound = true;

    private void wrong(String sentence) {
      findings.add(sentence);
      sound = false;
    }

    /** Judges the first convolution; returns whether it is the authors' VGG19's. */
    boolean firstFilters(NetMapping mapping) throws IOException {
      float[] kernel =
          Objects.requireNonNull(mapping.convolutions().get(Layer.conv(1, 1))).kernelValues();
      FirstFilters filters = FirstFilters.of(kernel, mapping.preprocessing());
      if (!filters.areVgg19()) {
        findings.add(
            "The first filters are not those of the authors' VGG19: nothing tells the order of"
                + " channels but the names.");
        return false;
      }
      findings.add("The first filters are those of the authors' VGG19.");
      if (filters.channels() == Agreement.REVERSED) {
        wrong("Red and blue are exchanged: the weights are meant for the other order of channels.");
      }
      switch (filters.orientation()) {
        case REVERSED -> wrong("Kernels are turned by 180°: they were stored for convolution.");
        case EXCHANGED -> wrong("Rows and columns of kernels are exchanged.");
        default -> {}
      }
      return true;
    }

    /** Judges an answer by itself. */
    void answer(Layer layer, LayerActivity activity) {
      if (!Double.isFinite(activity.mean()) || !Double.isFinite(activity.maximum())) {
        wrong(layer + " answers with numbers that are not finite.");
      } else if (activity.activeShare() == 0) {
        wrong(layer + " is silent: no unit answers the test pattern.");
      }
    }

    /** Compares answers with the known ones. */
    void compare(Map<Layer, LayerActivity> activity) {
      boolean same = true;
      for (Map.Entry<Layer, LayerActivity> entry : activity.entrySet()) {
        Double expected = VGG19_ACTIVE_SHARE.get(entry.getKey());
        double actual = entry.getValue().activeShare();
        if (expected != null && Math.abs(actual - expected) > SHARE_TOLERANCE) {
          same = false;
          wrong(
              String.format(
                  Locale.ROOT,
                  "In %s %.1f %% of the units are active on the test pattern, in the authors'"
                      + " VGG19 %.1f %%.",
                  entry.getKey(),
                  100 * actual,
                  100 * expected));
        }
      }
      if (same) {
        findings.add("The test pattern is answered as the authors' VGG19 answers it.");
      }
    }
  }
}

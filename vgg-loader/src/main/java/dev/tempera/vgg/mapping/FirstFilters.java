package dev.tempera.vgg.mapping;

import dev.tempera.vgg.Preprocessing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Compares the filters of a first convolution with those of the authors' VGG19, by three numbers a
 * filter that do not depend on its scale: how much more energy (sum of squares) it has in red than
 * in blue, in the upper row than in the lower, and in the left column than in the right. Reading
 * channels in the wrong order turns the sign of the first, flipped kernels that of the other two,
 * and exchanged axes exchange these.
 */
public final class FirstFilters {
  private static final int TILTS = 3;
  private static final int COLOUR = 0;
  private static final int VERTICAL = 1;
  private static final int HORIZONTAL = 2;
  private static final int FILTER_SIZE = 27;

  /** Above it two lists of 64 numbers have the same origin: by chance it is 0 ± 0.125. */
  private static final double CERTAIN = 0.9;

  private static final double[][] VGG19 = reference();

  private final double[][] correlations;

  private FirstFilters(double[][] correlations) {
    this.correlations = correlations;
  }

  /** How what was read agrees with the authors' VGG19. */
  public enum Agreement {
    /** As the authors have it. */
    SAME,
    /** The other way round. */
    REVERSED,
    /** With the two spatial axes exchanged. */
    EXCHANGED,
    /** No relation: other filters. */
    NONE
  }

  /**
   * The comparison of some filters.
   *
   * @param kernel (Cout, 3, 3, 3), row-major, as it is applied to preprocessed pixels
   * @param preprocessing decides which input channel is red
   */
  public static FirstFilters of(float[] kernel, Preprocessing preprocessing) {
    double[][] tilts = tilts(kernel, preprocessing.matrix());
    double[][] correlations = new double[TILTS][TILTS];
    if (tilts[0].length == VGG19[0].length) {
      for (int own = 0; own < TILTS; own++) {
        for (int other = 0; other < TILTS; other++) {
          correlations[own][other] = correlation(tilts[own], VGG19[other]);
        }
      }
    }
    return new FirstFilters(correlations);
  }

  /** Whether the filters are those of the authors' VGG19, however they were read. */
  public boolean areVgg19() {
    return channels() != Agreement.NONE && orientation() != Agreement.NONE;
  }

  /** Whether red and blue are where the authors have them: the same, reversed, or none. */
  public Agreement channels() {
    return agreement(correlations[COLOUR][COLOUR]);
  }

  /** Whether kernels lie as the authors' do: the same, reversed (flipped), exchanged, or none. */
  public Agreement orientation() {
    Agreement vertical = agreement(correlations[VERTICAL][VERTICAL]);
    Agreement horizontal = agreement(correlations[HORIZONTAL][HORIZONTAL]);
    if (vertical == horizontal && vertical != Agreement.NONE) {
      return vertical;
    }
    boolean exchanged =
        Math.abs(correlations[VERTICAL][HORIZONTAL]) > CERTAIN
            && Math.abs(correlations[HORIZONTAL][VERTICAL]) > CERTAIN;
    return exchanged ? Agreement.EXCHANGED : Agreement.NONE;
  }

  /** The correlation of the colour tilts with VGG19's, from −1 to 1. */
  public double channelCorrelation() {
    return correlations[COLOUR][COLOUR];
  }

  /** The correlation of the vertical tilts with VGG19's, from −1 to 1. */
  public double verticalCorrelation() {
    return correlations[VERTICAL][VERTICAL];
  }

  private static Agreement agreement(double correlation) {
    if (correlation > CERTAIN) {
      return Agreement.SAME;
    }
    return correlation < -CERTAIN ? Agreement.REVERSED : Agreement.NONE;
  }

  /** The three lists of tilts. */
  private static double[][] tilts(float[] kernel, float[] pixelMatrix) {
    int filters = kernel.length / FILTER_SIZE;
    double[][] tilts = new double[TILTS][filters];
    for (int filter = 0; filter < filters; filter++) {
      double energy = 0;
      double[] tilt = new double[TILTS];
      for (int colour = 0; colour < 3; colour++) {
        for (int place = 0; place < 9; place++) {
          double value = 0;
          for (int channel = 0; channel < 3; channel++) {
            double weight = pixelMatrix[3 * channel + colour];
            value += kernel[filter * FILTER_SIZE + channel * 9 + place] * weight;
          }
          double square = value * value;
          energy += square;
          tilt[COLOUR] += square * (1 - colour);
          tilt[VERTICAL] += square * (1 - place / 3);
          tilt[HORIZONTAL] += square * (1 - place % 3);
        }
      }
      for (int i = 0; i < TILTS; i++) {
        tilts[i][filter] = energy > 0 ? tilt[i] / energy : 0;
      }
    }
    return tilts;
  }

  /** Pearson's; 0 where one of the two is constant. */
  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double together = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      together += (a[i] - meanA) * (b[i] - meanB);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareB += (b[i] - meanB) * (b[i] - meanB);
    }
    double scale = Math.sqrt(squareA * squareB);
    return scale > 0 ? together / scale : 0;
  }

  private static double[][] reference() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    FirstFilters.class.getResourceAsStream("vgg19-first-filters.txt")),
                StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().filter(line -> !line.startsWith("#")).toList();
      double[][] tilts = new double[TILTS][lines.size()];
      for (int filter = 0; filter < lines.size(); filter++) {
        String[] numbers = lines.get(filter).split(" ", -1);
        for (int i = 0; i < TILTS; i++) {
          tilts[i][filter] = Double.parseDouble(numbers[i]);
        }
      }
      return tilts;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

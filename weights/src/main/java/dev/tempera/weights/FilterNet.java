package dev.tempera.weights;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A small feature net as plain data, shaped like the head of each VGG block.
 *
 * <p>The input is an RGB picture in [0, 1], of which {@link #INPUT_MEAN} is subtracted and which is
 * then divided by {@link #INPUT_DEVIATION}. Every level is a 3×3 convolution of stride 1 with one
 * reflected pixel at each side, its bias, and max(·, 0); between levels stands a 2×2 max pool of
 * stride 2. Immutable.
 */
public final class FilterNet {
  /** What is subtracted from every channel of the picture. */
  public static final float INPUT_MEAN = 0.45f;

  /** What every channel of the picture is divided by after that. */
  public static final float INPUT_DEVIATION = 0.25f;

  /** How to get features that know more than these do. */
  public static final String ADVICE =
      "for large motifs such as swirls use VGG19: tempera weights fetch vgg19, then --weights vgg19";

  private final List<FilterLevel> levels;
  private final FilterOrigin origin;

  /**
   * A net.
   *
   * @param levels the first takes 3 channels, each other as many as the one before it gives
   * @throws IllegalArgumentException if there are no levels, or their channels do not fit
   */
  public FilterNet(List<FilterLevel> levels, FilterOrigin origin) {
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("filter net: there are no levels");
    }
    int channels = 3;
    for (FilterLevel level : levels) {
      if (level.inputChannels() != channels) {
        throw new IllegalArgumentException(
            "filter net: level "
                + level.name()
                + " takes "
                + level.inputChannels()
                + " channels, what comes before it gives "
                + channels);
      }
      channels = level.outputChannels();
    }
    this.levels = List.copyOf(levels);
    this.origin = origin;
  }

  /** The levels, from the picture on. */
  public List<FilterLevel> levels() {
    return levels;
  }

  /** What the filters were learned from. */
  public FilterOrigin origin() {
    return origin;
  }

  /** One line for people: how many filters there are and where they come from. */
  public String summary() {
    String widths =
        levels.stream()
            .map(level -> Integer.toString(level.outputChannels()))
            .collect(Collectors.joining(" + "));
    return widths + " filters " + origin;
  }
}

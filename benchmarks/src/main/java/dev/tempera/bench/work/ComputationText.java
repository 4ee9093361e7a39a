package dev.tempera.bench.work;

import dev.tempera.bench.work.Convolution.Direction;

/** Computations as lines that processes send to each other. */
public final class ComputationText {
  private ComputationText() {}

  /** The line, without its end. */
  public static String format(Computation computation) {
    return switch (computation) {
      case Convolution(
              int inputChannels,
              int outputChannels,
              int side,
              int kernel,
              int stride,
              Direction direction) ->
          String.join(
              " ",
              "convolution",
              Integer.toString(inputChannels),
              Integer.toString(outputChannels),
              Integer.toString(side),
              Integer.toString(kernel),
              Integer.toString(stride),
              direction.name());
      case GramProduct(int channels, int side, boolean backward) ->
          "gram " + channels + " " + side + " " + backward;
      case StyleStep(int size) -> "step " + size;
    };
  }

  /**
   * The computation of a line.
   *
   * @throws IllegalArgumentException if the line was not made by {@link #format}
   */
  public static Computation parse(String line) {
    String[] words = line.split(" ", -1);
    return switch (words[0]) {
      case "convolution" ->
          new Convolution(
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2]),
              Integer.parseInt(words[3]),
              Integer.parseInt(words[4]),
              Integer.parseInt(words[5]),
              Direction.valueOf(words[6]));
      case "gram" ->
          new GramProduct(
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2]),
              Boolean.parseBoolean(words[3]));
      case "step" -> new StyleStep(Integer.parseInt(words[1]));
      default -> throw new IllegalArgumentException("there is no computation '" + line + "'");
    };
  }
}

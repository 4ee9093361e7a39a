package dev.tempera.vgg;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer of a VGG-shaped net by its usual name: {@code conv3_1} is the output of the first
 * convolution of the third block, {@code relu3_1} the same after its ReLU, {@code pool3} the
 * block's pooled end. Ordered as data flows.
 *
 * @param kind what the layer does
 * @param block from 1
 * @param index of the convolution within its block, from 1; for a pool larger than any
 */
public record Layer(Kind kind, int block, int index) implements Comparable<Layer> {
  /** What a layer does. */
  public enum Kind {
    /** A convolution, before its ReLU. */
    CONV,
    /** The ReLU after a convolution. */
    RELU,
    /** The pooling at the end of a block. */
    POOL
  }

  private static final int LAST_IN_BLOCK = Integer.MAX_VALUE;
  private static final Pattern NAME =
      Pattern.compile("(?:(conv|relu)([1-9])_([1-9]\\d?)|pool([1-9]))");
  private static final Comparator<Layer> FLOW =
      Comparator.comparingInt(Layer::block)
          .thenComparingInt(Layer::index)
          .thenComparing(Layer::kind);

  /** A convolution. */
  public static Layer conv(int block, int index) {
    return new Layer(Kind.CONV, block, index);
  }

  /** A convolution with its ReLU. */
  public static Layer relu(int block, int index) {
    return new Layer(Kind.RELU, block, index);
  }

  /** The pooled end of a block. */
  public static Layer pool(int block) {
    return new Layer(Kind.POOL, block, LAST_IN_BLOCK);
  }

  /**
   * The layer of this name.
   *
   * @throws IllegalArgumentException if it is not a layer's name
   */
  public static Layer parse(String name) {
    Matcher matcher = NAME.matcher(name.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "there is no layer named '"
              + name.strip()
              + "'; names look like conv1_1, relu4_2 or pool3");
    }
    if (matcher.group(4) != null) {
      return pool(Integer.parseInt(matcher.group(4)));
    }
    int block = Integer.parseInt(matcher.group(2));
    int index = Integer.parseInt(matcher.group(3));
    return matcher.group(1).equals("conv") ? conv(block, index) : relu(block, index);
  }

  /** The convolution that a ReLU follows; a convolution itself. */
  public Layer convolution() {
    if (kind == Kind.POOL) {
      throw new IllegalStateException(this + " follows no single convolution");
    }
    return conv(block, index);
  }

  @Override
  public int compareTo(Layer other) {
    return FLOW.compare(this, other);
  }

  /** The usual name. */
  @Override
  public String toString() {
    return kind == Kind.POOL
        ? "pool" + block
        : kind.name().toLowerCase(Locale.ROOT) + block + "_" + index;
  }
}

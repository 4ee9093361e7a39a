package dev.tempera.backend;

import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * What a convolution does to its sums before it writes them.
 *
 * @param bias (Cout), added to each channel; null for none
 * @param relu whether max(·, 0) follows
 * @param keepMask whether the result carries one bit an element that says where the ReLU passed
 */
public record Conv2dEpilogue(@Nullable View bias, boolean relu, boolean keepMask) {
  /** The sums as they are. */
  public static final Conv2dEpilogue NONE = new Conv2dEpilogue(null, false, false);

  /** Adds a bias, if there is one. */
  public static Conv2dEpilogue bias(@Nullable View bias) {
    return new Conv2dEpilogue(bias, false, false);
  }
}

package dev.tempera.cpu;

import dev.tempera.backend.BackendException;
import java.util.Locale;

/** Which algorithms convolve. Results differ by rounding. */
public enum ConvolutionUse {
  /** The fastest that suits: 3×3 kernels of many channels by Winograd's minimal filtering. */
  FAST,

  /** Only those that sum up the products of the definition. */
  DIRECT;

  /**
   * The constant of a name in any case.
   *
   * @param property where the name stands
   * @throws BackendException if there is none
   */
  static ConvolutionUse named(String name, String property) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "fast" -> FAST;
      case "direct" -> DIRECT;
      default ->
          throw new BackendException(
              "cpu: system property " + property + " is fast or direct, here \"" + name + "\"");
    };
  }
}

package dev.tempera.vgg.mapping;

import java.io.IOException;
import java.util.Optional;

/** How a publisher names and lays out the tensors of a VGG net. */
@FunctionalInterface
interface WeightScheme {
  /**
   * The mapping of a file that is named this way; empty where the names are others.
   *
   * @throws IOException if the names fit but the tensors are no VGG-shaped net, or cannot be read
   */
  Optional<NetMapping> map(WeightTable table) throws IOException;
}

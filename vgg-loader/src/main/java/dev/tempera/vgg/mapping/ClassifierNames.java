package dev.tempera.vgg.mapping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The usual names of fully connected layers, for sources that only number theirs. */
final class ClassifierNames {
  private static final int FIRST = 6;

  private ClassifierNames() {}

  /** The layers as fc6, fc7 and so on, in their order. */
  static Map<String, StoredConvolution> inOrder(Collection<StoredConvolution> layers) {
    Map<String, StoredConvolution> named = new LinkedHashMap<>();
    for (StoredConvolution layer : layers) {
      named.put("fc" + (FIRST + named.size()), layer);
    }
    return named;
  }
}

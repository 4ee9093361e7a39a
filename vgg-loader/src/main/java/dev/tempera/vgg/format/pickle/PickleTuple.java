package dev.tempera.vgg.format.pickle;

import java.util.List;

/**
 * A tuple of a pickle. Tuples are compared by identity: they may contain themselves, so looking
 * into them to compare might never end.
 */
public final class PickleTuple {
  private final List<Object> items;

  PickleTuple(List<Object> items) {
    this.items = List.copyOf(items);
  }

  /** The items, in order. */
  public List<Object> items() {
    return items;
  }
}

package dev.tempera.vgg.format.pickle;

/** Python's {@code None}. */
public enum PickleNone {
  /** The only value. */
  NONE;

  /** The word {@code None}. */
  @Override
  public String toString() {
    return "None";
  }
}

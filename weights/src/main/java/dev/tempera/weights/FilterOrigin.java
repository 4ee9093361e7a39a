package dev.tempera.weights;

/** What the filters of a {@link FilterNet} were learned from. */
public enum FilterOrigin {
  /** The content picture and the style pictures of a run. */
  PAIR("learned from the content and style pictures"),
  /** Generated pictures of overlapping leaves; the same filters for every run. */
  DEAD_LEAVES("learned from generated dead-leaves pictures"),
  /** Generated pictures, in place of a run's own that filters cannot be learned from. */
  DEAD_LEAVES_FOR_PLAIN_PAIR(
      "learned from generated dead-leaves pictures, as those of the run are too plain or too small"
          + " to learn from");

  private final String phrase;

  FilterOrigin(String phrase) {
    this.phrase = phrase;
  }

  /** The origin in words, to stand after "filters". */
  @Override
  public String toString() {
    return phrase;
  }
}

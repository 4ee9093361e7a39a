package dev.tempera.style;

import dev.tempera.style.image.Picture;

/** How far a run is, told after each evaluation. */
public interface Progress {
  /** The losses now. */
  LossRecord losses();

  /** How many evaluations the whole run may take. */
  int iterations();

  /** The share of the whole run's work that is done; large images count for more. */
  double share();

  /** How many rounds there are. */
  int scales();

  /** The size of the image in this round, width × height. */
  String size();

  /** The best picture so far, at the final size. */
  Picture picture();

  /** Takes part in a run. */
  @FunctionalInterface
  interface Listener {
    /** Called once, before the first evaluation. */
    default void onStart(Opening opening) {}

    /**
     * Called after each evaluation, on the thread that runs.
     *
     * @return whether to go on
     */
    boolean onEvaluation(Progress progress);
  }
}

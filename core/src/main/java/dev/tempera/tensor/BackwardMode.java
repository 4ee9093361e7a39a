package dev.tempera.tensor;

/** What happens to the recorded graph when gradients are computed from it. */
public enum BackwardMode {
  /** What the rules kept is given back as the walk passes; the graph can be walked once. */
  CONSUME,
  /** The graph stays, for another walk. */
  RETAIN,
  /**
   * The graph stays, and the gradients are recorded themselves, so that they can be differentiated.
   */
  DIFFERENTIABLE
}

package dev.tempera.nn;

/** What random weights of a given variance are drawn from. */
public enum Distribution {
  /** The normal distribution. */
  NORMAL,
  /** The uniform distribution between ±√3 standard deviations. */
  UNIFORM
}

package dev.tempera.backend;

/** A way to combine all elements along some axes into one. */
public enum ReduceOp {
  /** Their sum; 0 of none. */
  SUM,
  /** Their mean; NaN of none. */
  MEAN,
  /** Their product; 1 of none. */
  PRODUCT,
  /** The largest; NaN if any is NaN. */
  MAX,
  /** The smallest; NaN if any is NaN. */
  MIN
}

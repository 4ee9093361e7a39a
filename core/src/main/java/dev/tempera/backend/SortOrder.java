package dev.tempera.backend;

/** The order of numbers along an axis. NaN counts as larger than all others, and −0 equals 0. */
public enum SortOrder {
  /** The smallest first, NaN last. */
  ASCENDING,
  /** NaN first, then the largest. */
  DESCENDING
}

package dev.tempera.testkit.spec;

/** Stands for the parameters of an operation that takes nothing but its operands. */
public enum NoParameters {
  /** The only one. */
  NONE
}

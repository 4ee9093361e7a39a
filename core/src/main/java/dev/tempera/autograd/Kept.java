package dev.tempera.autograd;

/** A value that a node keeps for its gradient rule. */
public interface Kept {
  /** Gives the value back; called once. */
  void release();

  /** How many bytes it holds in memory that nothing else may need. */
  long byteSize();
}

package dev.tempera.autograd;

import java.util.List;

/** A value that a node keeps for its gradient rule. */
public interface Kept {
  /** Gives the value back; called once. */
  void release();

  /** The memory that it holds on to. */
  List<KeptMemory> memory();
}

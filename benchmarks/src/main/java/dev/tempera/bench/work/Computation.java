package dev.tempera.bench.work;

import dev.tempera.data.MemoryOrder;
import java.util.List;

/** What is timed: operands in, one result out, the same for everybody. */
public sealed interface Computation permits Convolution, GramProduct, StyleStep {
  /** Its sizes in one word, such as {@code 64-128@256}. */
  String shape();

  /**
   * Floating-point operations by the plain method: direct convolution, the whole product. Whoever
   * needs fewer reaches more than the processor's peak.
   */
  double operations();

  /** Bytes that any method must move: each operand read once, the result written once. */
  double bytes();

  /** Operations for each byte that must be moved. */
  default double intensity() {
    return operations() / bytes();
  }

  /** The inputs. */
  List<Operand> operands();

  /** The order in which results are compared. */
  MemoryOrder resultOrder();
}

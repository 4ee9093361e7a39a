package dev.tempera.bench.nd4j;

import dev.tempera.bench.contest.Attempt;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Operations that follow each other. */
final class OpsAttempt implements Attempt {
  private final Arrays arrays;
  private final List<CustomOp> operations;
  private final Supplier<float[]> result;

  /**
   * Attempts.
   *
   * @param arrays that the operations work on
   * @param operations in their order
   * @param result brings what they computed into Java's memory
   */
  OpsAttempt(Arrays arrays, List<CustomOp> operations, Supplier<float[]> result) {
    this.arrays = arrays;
    this.operations = List.copyOf(operations);
    this.result = result;
  }

  @Override
  public double run() {
    long start = System.nanoTime();
    for (CustomOp operation : operations) {
      Nd4j.exec(operation);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public float[] result() {
    return result.get();
  }

  @Override
  public void close() {
    arrays.close();
  }
}

package dev.tempera.bench;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/** Operands of benchmarks. */
final class Tensors {
  private Tensors() {}

  /** Numbers from the standard normal distribution. */
  static Tensor random(long seed, int... shape) {
    return Tensor.randomNormal(seed, shape);
  }

  /** Numbers from the standard normal distribution in a memory order. */
  static View random(long seed, MemoryOrder order, int... shape) {
    Tensor values = random(seed, shape);
    return values.backend().contiguous(values.view(), order);
  }

  /** Gives a result's memory back; the view says that there was one. */
  static View released(View result) {
    result.storage().release();
    return result;
  }

  /** The numbers in {@code 3-64-512}. */
  static int[] numbers(String text) {
    return Arrays.stream(text.split("-")).mapToInt(Integer::parseInt).toArray();
  }
}

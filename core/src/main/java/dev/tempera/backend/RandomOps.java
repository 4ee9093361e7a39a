package dev.tempera.backend;

import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Random numbers: the same for a generator on every backend, to the bit. */
public interface RandomOps extends MemoryOps {
  /**
   * Draws a tensor: element i in row-major order is number i of the generator's stream, rounded to
   * the element type.
   *
   * @return new, row-major
   */
  default View random(Distribution distribution, Philox philox, DType dtype, Shape shape) {
    return RandomDefault.random(this, distribution, philox, dtype, shape);
  }
}

package dev.tempera.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.cpu.simd.Lanes;
import org.junit.jupiter.api.Test;

/** The width of vectors is the one that a run of the tests asks for, where the machine has it. */
class VectorWidthTest {
  @Test
  void vectorsAreNoWiderThanAskedFor() {
    int asked = Integer.getInteger("tempera.test.vectorBytes", Lanes.BYTES);
    assertThat(Lanes.BYTES).isLessThanOrEqualTo(asked).isIn(16, 32, 64);
    assertThat(new CpuBackendProvider().check().detail())
        .contains("vectors of " + Lanes.BYTES * Byte.SIZE + " bits");
  }
}

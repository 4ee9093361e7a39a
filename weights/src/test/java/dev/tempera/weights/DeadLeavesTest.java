package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DeadLeavesTest {
  /** Arithmetic in double and elementary functions of StrictMath leave no machine a choice. */
  @Test
  void areTheSameToTheBitOnEveryMachine() {
    CRC32 sum = new CRC32();
    for (int number = 0; number < 12; number++) {
      float[] picture = DeadLeaves.picture(DeadLeaves.SEED, number);
      ByteBuffer bytes = ByteBuffer.allocate(4 * picture.length);
      bytes.asFloatBuffer().put(picture);
      sum.update(bytes.array());
    }
    assertThat(Long.toHexString(sum.getValue())).isEqualTo("cd4d4701");
  }

  @Test
  void fillTheRangeOfColours() {
    float[] picture = DeadLeaves.picture(1, 0);
    int area = DeadLeaves.SIZE * DeadLeaves.SIZE;
    assertThat(picture).hasSize(3 * area);
    double sum = 0;
    double squares = 0;
    for (float value : picture) {
      assertThat(value).isBetween(0f, 1f);
      sum += value;
      squares += value * value;
    }
    double mean = sum / picture.length;
    assertThat(mean).isBetween(0.3, 0.6);
    assertThat(Math.sqrt(squares / picture.length - mean * mean)).isBetween(0.15, 0.35);
  }

  @Test
  void differBySeedAndNumber() {
    float[] picture = DeadLeaves.picture(1, 0);
    assertThat(DeadLeaves.picture(1, 0)).isEqualTo(picture);
    assertThat(DeadLeaves.picture(1, 1)).isNotEqualTo(picture);
    assertThat(DeadLeaves.picture(2, 0)).isNotEqualTo(picture);
  }
}

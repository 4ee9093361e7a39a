package dev.tempera.vgg.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HDF5's checksum against other computations of it. */
class Fletcher32Test {
  private static int checksum(byte[] bytes) {
    return Fletcher32.of(MemorySegment.ofArray(bytes));
  }

  /**
   * The usual examples, F04FC729, 56502D2A and EBE19591, are for little-endian words; words of the
   * other order exchange the bytes of each half.
   */
  @ParameterizedTest
  @CsvSource({"abcde, f04fc729", "abcdef, 56502d2a", "abcdefgh, ebe19591"})
  void isTheUsualOneWithTheBytesOfEachHalfExchanged(String text, String usual) {
    int checksum = checksum(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(Integer.toHexString(Fletcher32.exchanged(checksum))).isEqualTo(usual);
  }

  /** Computed in Python, with sums folded every 360 words as HDF5's library does. */
  @Test
  void longSumsNeitherOverflowNorVanish() {
    byte[] ramp = new byte[100_001];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (7 * i);
    }
    byte[] ones = new byte[2000];
    Arrays.fill(ones, (byte) -1);
    assertThat(checksum(ramp)).isEqualTo(0xCB29_3745);
    assertThat(checksum(ones)).isEqualTo(0xFFFF_FFFF);
    assertThat(checksum(new byte[10])).isZero();
  }
}

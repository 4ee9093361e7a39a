package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.io.npy.Npy;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: {@code .npy} files of numbers with any bytes. */
class NpyFuzzTest extends FuzzTarget {
  NpyFuzzTest() {
    super(Npy::read);
  }

  static Stream<byte[]> seeds() {
    byte[] six = NumpyFixture.floats(0, 1, 2, 3, 4, 5);
    return Stream.of(
        NumpyFixture.npy("<f4", "2, 3", six),
        NumpyFixture.npy(">f8", "3,", six),
        NumpyFixture.npy("|u1", "2L, 1, 12", six));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

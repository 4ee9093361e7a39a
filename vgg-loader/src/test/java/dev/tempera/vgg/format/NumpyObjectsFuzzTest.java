package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.numpy.NumpyObjects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: {@code .npy} files of Python objects with any bytes. */
class NumpyObjectsFuzzTest extends FuzzTarget {
  NumpyObjectsFuzzTest() {
    super(NumpyObjects::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(NumpyFixture.sample());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

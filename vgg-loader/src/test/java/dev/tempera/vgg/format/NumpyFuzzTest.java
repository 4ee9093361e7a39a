package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.numpy.NumpyObjects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: {@code .npy} files of Python objects with any bytes. */
@Tag("fuzz")
class NumpyFuzzTest {
  private final DamageCheck check = new DamageCheck(NumpyObjects::read);

  static Stream<byte[]> seeds() {
    return Stream.of(NumpyFixture.sample());
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    check.readOrRefuse(content);
  }
}

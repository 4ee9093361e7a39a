package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.mat.MatFile;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: MAT files of any bytes. */
class MatFuzzTest extends FuzzTarget {
  MatFuzzTest() {
    super(MatFile::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        MatFixture.sample(ByteOrder.LITTLE_ENDIAN).toBytes(),
        MatFixture.sample(ByteOrder.BIG_ENDIAN).toBytes());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

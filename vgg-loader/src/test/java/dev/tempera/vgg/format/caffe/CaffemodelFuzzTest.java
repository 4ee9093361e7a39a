package dev.tempera.vgg.format.caffe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.FuzzTarget;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: Caffe nets of any bytes. */
class CaffemodelFuzzTest extends FuzzTarget {
  CaffemodelFuzzTest() {
    super(Caffemodel::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(CaffeFixture.latest(), CaffeFixture.second(), CaffeFixture.first());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

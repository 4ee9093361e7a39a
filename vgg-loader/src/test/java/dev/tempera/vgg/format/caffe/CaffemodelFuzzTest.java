package dev.tempera.vgg.format.caffe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.DamageCheck;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: Caffe nets of any bytes. */
@Tag("fuzz")
class CaffemodelFuzzTest {
  private final DamageCheck check = new DamageCheck(Caffemodel::read);

  static Stream<byte[]> seeds() {
    return Stream.of(CaffeFixture.latest(), CaffeFixture.second(), CaffeFixture.first());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    check.readOrRefuse(content);
  }
}

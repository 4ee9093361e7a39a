package dev.tempera.vgg.format.mxnet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.FuzzTarget;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: MXNet lists of any bytes. */
class MxnetParamsFuzzTest extends FuzzTarget {
  MxnetParamsFuzzTest() {
    super(MxnetParams::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        MxnetFixture.sample(MxnetFixture.LEGACY),
        MxnetFixture.sample(MxnetFixture.V1),
        MxnetFixture.sample(MxnetFixture.V2),
        MxnetFixture.sample(MxnetFixture.V3));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

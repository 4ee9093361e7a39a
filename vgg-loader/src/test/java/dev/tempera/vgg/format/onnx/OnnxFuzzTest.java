package dev.tempera.vgg.format.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.FuzzTarget;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: ONNX models of any bytes. */
class OnnxFuzzTest extends FuzzTarget {
  OnnxFuzzTest() {
    super(Onnx::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(OnnxFixture.sample());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

package dev.tempera.vgg.format.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.DamageCheck;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: ONNX models of any bytes. */
@Tag("fuzz")
class OnnxFuzzTest {
  private final DamageCheck check = new DamageCheck(Onnx::read);

  static Stream<byte[]> seeds() {
    return Stream.of(OnnxFixture.sample());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    check.readOrRefuse(content);
  }
}

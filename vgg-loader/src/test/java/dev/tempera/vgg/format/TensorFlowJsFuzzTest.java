package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.tfjs.TensorFlowJs;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: TensorFlow.js manifests of any bytes, without the files that they list. */
@Tag("fuzz")
class TensorFlowJsFuzzTest {
  private final DamageCheck check = new DamageCheck(TensorFlowJs::read);

  static Stream<byte[]> seeds() {
    return Stream.of(
        """
        {"format": "layers-model", "modelTopology": {"a": [true, null, -1.5e-3]},
         "weightsManifest": [{"paths": [], "weights": [
           {"name": "empty", "shape": [0, 3], "dtype": "float32",
            "quantization": {"dtype": "uint8", "min": -1, "scale": 0.5}}]}]}
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    check.readOrRefuse(content);
  }
}

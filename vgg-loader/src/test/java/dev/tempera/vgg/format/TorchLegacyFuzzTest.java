package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.torch.TorchLegacy;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: PyTorch legacy streams of any bytes. */
class TorchLegacyFuzzTest extends FuzzTarget {
  TorchLegacyFuzzTest() {
    super(TorchLegacy::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(TorchFixture.sample().legacy());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

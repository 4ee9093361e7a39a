package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.torch.TorchZip;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: PyTorch zip archives that are sound, around a pickle of any bytes. */
class TorchPickleFuzzTest extends FuzzTarget {
  TorchPickleFuzzTest() {
    super(TorchZip::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(TorchFixture.sample().pickle());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] pickle) {
    readOrRefuse(TorchFixture.sample().withPickle(pickle).zip());
  }
}

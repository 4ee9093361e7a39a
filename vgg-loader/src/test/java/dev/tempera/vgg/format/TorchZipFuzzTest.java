package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.torch.TorchZip;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: PyTorch zip archives of any bytes. */
class TorchZipFuzzTest extends FuzzTarget {
  TorchZipFuzzTest() {
    super(TorchZip::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        TorchFixture.sample().zip(), TorchFixture.sample().zip(ZipEntry.DEFLATED, "big"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

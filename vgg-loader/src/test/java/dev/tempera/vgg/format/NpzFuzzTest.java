package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.io.npy.Npz;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: {@code .npz} archives of any bytes. */
class NpzFuzzTest extends FuzzTarget {
  NpzFuzzTest() {
    super(Npz::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        NumpyFilesTest.archive(ZipEntry.STORED), NumpyFilesTest.archive(ZipEntry.DEFLATED));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

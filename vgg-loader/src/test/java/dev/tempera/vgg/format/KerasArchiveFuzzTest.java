package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.hdf5.KerasArchive;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: Keras archives of any bytes. */
class KerasArchiveFuzzTest extends FuzzTarget {
  KerasArchiveFuzzTest() {
    super(KerasArchive::read);
  }

  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(
        Hdf5FilesTest.archive(ZipEntry.STORED, Hdf5Fixture.keras()),
        Hdf5FilesTest.archive(ZipEntry.DEFLATED, Hdf5Fixture.keras()));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

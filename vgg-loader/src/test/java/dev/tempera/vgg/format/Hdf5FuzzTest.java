package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.hdf5.Hdf5;
import dev.tempera.vgg.format.hdf5.KerasArchive;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz targets: HDF5 files and Keras archives of any bytes. */
@Tag("fuzz")
class Hdf5FuzzTest {
  private final DamageCheck check = new DamageCheck(Hdf5::read);
  private final DamageCheck archiveCheck = new DamageCheck(KerasArchive::read);

  static Stream<byte[]> seeds() {
    return Stream.of(Hdf5Fixture.keras(), Hdf5Fixture.matlab());
  }

  static Stream<byte[]> archives() throws IOException {
    return Stream.of(
        Hdf5FilesTest.archive(ZipEntry.STORED, Hdf5Fixture.keras()),
        Hdf5FilesTest.archive(ZipEntry.DEFLATED, Hdf5Fixture.keras()));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    check.readOrRefuse(content);
  }

  @MethodSource("archives")
  @FuzzTest
  void readsOrRefusesArchives(byte[] content) {
    archiveCheck.readOrRefuse(content);
  }
}

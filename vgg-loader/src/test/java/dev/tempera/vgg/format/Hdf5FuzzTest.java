package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.hdf5.Hdf5;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: HDF5 files of any bytes. */
class Hdf5FuzzTest extends FuzzTarget {
  Hdf5FuzzTest() {
    super(Hdf5::read);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(Hdf5Fixture.keras(), Hdf5Fixture.matlab(), Hdf5Fixture.checksummed());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

package dev.tempera.vgg.format;

import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.format.hdf5.Hdf5;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every dataset and text attribute of HDF5 files is what jHDF, another reader, sees. */
class JhdfAgreementTest {
  @TempDir Path folder;

  private static void assertAgrees(OtherReading expected, byte[] content) throws IOException {
    try (TensorFile file = Hdf5.read(MappedFile.of(Path.of("net.h5"), content))) {
      expected.assertIs(file);
    }
  }

  @TestFactory
  List<DynamicTest> publishedFiles() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.require("formats/keras-h5"))) {
      return files
          .sorted()
          .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> agree(path)))
          .toList();
    }
  }

  private static void agree(Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    assertAgrees(JhdfReading.byPath(content), content);
  }

  @Test
  void generatedFiles() throws IOException {
    byte[] keras = Hdf5Fixture.keras();
    assertAgrees(JhdfReading.byPath(keras), keras);
    byte[] matlab = Hdf5Fixture.matlab();
    assertAgrees(JhdfReading.ofMatlab(matlab), matlab);
  }

  /** jHDF writes superblocks of version 3, and groups whose links are messages. */
  @Test
  void filesThatJhdfWrites() throws IOException {
    Path path = folder.resolve("written.h5");
    SplittableRandom random = new SplittableRandom(11);
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putAttribute("layer_names", new String[] {"conv1", "dense"});
      WritableGroup layers = file.putGroup("layers");
      WritableGroup conv = layers.putGroup("conv1");
      conv.putAttribute("weight_names", new String[] {"kernel:0", "bias:0"});
      float[][][][] kernel = new float[3][2][4][5];
      for (float[][][] plane : kernel) {
        for (float[][] row : plane) {
          for (float[] outputs : row) {
            for (int i = 0; i < outputs.length; i++) {
              outputs[i] = (float) random.nextDouble(-1, 1);
            }
          }
        }
      }
      conv.putDataset("kernel:0", kernel);
      conv.putDataset("bias:0", random.doubles(5).toArray());
      layers.putDataset("steps", random.ints(7).toArray());
      layers.putDataset("seeds", random.longs(3).toArray());
      layers.putDataset("rate", 0.125f);
    }
    agree(path);
  }
}

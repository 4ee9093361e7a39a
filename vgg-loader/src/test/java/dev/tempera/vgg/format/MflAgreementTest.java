package dev.tempera.vgg.format;

import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.format.mat.MatFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every array and text of MAT files is what the MAT File Library, another reader, sees. */
class MflAgreementTest {
  private static void assertAgrees(byte[] content) throws IOException {
    try (TensorFile file = MatFile.read(MappedFile.of(Path.of("net.mat"), content))) {
      MflReading.of(content).assertIs(file);
    }
  }

  @TestFactory
  List<DynamicTest> publishedFiles() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : List.of("mat-matconvnet", "mat5-basic")) {
      try (Stream<Path> files = Files.list(SharedData.require("formats/" + name))) {
        files
            .filter(path -> path.toString().endsWith(".mat"))
            .sorted()
            .map(
                path ->
                    DynamicTest.dynamicTest(
                        path.getFileName().toString(),
                        () -> assertAgrees(Files.readAllBytes(path))))
            .forEach(tests::add);
      }
    }
    return tests;
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void generatedFiles(String order) throws IOException {
    ByteOrder bytes = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    assertAgrees(MatFixture.sample(bytes).toBytes());
  }

  @Test
  void generatedNets() throws IOException {
    assertAgrees(MatConvNetFixture.old().toBytes());
    assertAgrees(MatConvNetFixture.current().toBytes());
  }
}

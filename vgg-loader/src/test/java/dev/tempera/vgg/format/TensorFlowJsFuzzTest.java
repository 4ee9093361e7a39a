package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.vgg.format.tfjs.TensorFlowJs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: TensorFlow.js manifests of any bytes, beside two files with the elements. */
class TensorFlowJsFuzzTest extends FuzzTarget {
  @TempDir static Path folder;

  TensorFlowJsFuzzTest() {
    super(new DamageCheck(TensorFlowJs::read, folder.resolve("model.json")));
  }

  @BeforeAll
  static void writeShards() throws IOException {
    TensorFlowJsTest.writeShards(folder);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(TensorFlowJsTest.MODEL.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}

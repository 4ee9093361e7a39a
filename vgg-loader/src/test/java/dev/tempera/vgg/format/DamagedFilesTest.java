package dev.tempera.vgg.format;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.testkit.SharedData;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files cut short at 50 places, and files with one random byte changed, 500 times: each is read or
 * refused with a typed error, quickly and with little memory.
 */
@Timeout(120)
class DamagedFilesTest {
  @TempDir Path folder;

  @Test
  void safetensors() throws IOException {
    List<TensorEntry> tensors =
        List.of(
            TensorEntry.dense(
                "conv1.weight",
                DType.FLOAT32,
                Shape.of(4, 3, 3, 3),
                MemorySegment.ofArray(new byte[432])),
            TensorEntry.dense(
                "conv1.bias", DType.FLOAT16, Shape.of(4), MemorySegment.ofArray(new byte[8])),
            TensorEntry.dense(
                "steps", DType.INT64, Shape.scalar(), MemorySegment.ofArray(new byte[8])));
    Path path = folder.resolve("sample.safetensors");
    SafetensorsWriter.write(path, tensors, Map.of("source", "here"));
    damage(Files.readAllBytes(path), 1);
  }

  @Test
  void torchZip() throws IOException {
    damage(TorchFixture.sample().zip(), 2);
  }

  @Test
  void torchZipDeflated() throws IOException {
    damage(TorchFixture.sample().zip(ZipEntry.DEFLATED, "big"), 3);
  }

  @Test
  void torchLegacy() throws IOException {
    damage(TorchFixture.sample().legacy(), 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "formats/safetensors/djl_list.safetensors",
        "formats/safetensors/burn_multi_layer.safetensors",
        "formats/torch-zip/candle_test.pt",
        "formats/torch-zip/burn_complex_nested.pt",
        "formats/torch-zip/burn_reader/checkpoint.pt",
        "formats/torch-zip/burn_reader/legacy_shared_storage.pt",
        "formats/torch-zip/burn_reader/bool.pt",
        "weights/vgg19-16x/1SE.pth",
        "formats/mtcnn/torch/pnet.pt",
      })
  void publishedFiles(String path) throws IOException {
    damage(Files.readAllBytes(SharedData.require(path)), path.hashCode());
  }

  private static void damage(byte[] whole, long seed) throws IOException {
    DamageCheck check = new DamageCheck(WeightFiles::read);
    check.refusesEveryCut(whole);
    check.survives(whole, seed);
  }
}

package dev.tempera.style.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorFile;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.SharedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands that look into a file of weights, as a user types them. */
class WeightFileCommandsTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path weights;
  private Path converted;

  @BeforeEach
  void writeWeights() throws IOException {
    weights = folder.resolve("net.safetensors");
    converted = folder.resolve("converted.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (TensorScope _ = TensorScope.open("test")) {
      tensors.put("features.0.weight", Tensor.randomNormal(1, 4, 3, 3, 3));
      tensors.put("features.0.bias", Tensor.randomNormal(2, 4));
      tensors.put("features.3.weight", Tensor.randomNormal(3, 6, 4, 3, 3));
      tensors.put("features.3.bias", Tensor.randomNormal(4, 6));
      SafetensorsWriter.write(weights, tensors, Map.of());
    }
  }

  private int run(Object... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  @Test
  void inspectShowsTensorsLayersAndReasons() {
    assertThat(run("weights", "inspect", weights)).isZero();
    assertThat(out.toString())
        .contains("safetensors, 4 tensors")
        .containsPattern("features\\.3\\.weight +\\[6, 4, 3, 3] +float32 ")
        .containsPattern("conv2_1 +\\[6, 4, 3, 3] +features\\.3\\.weight")
        .contains("family: torchvision's VGG weights")
        .contains("positions in a PyTorch Sequential");
  }

  @Test
  void anUnknownNetStillHasItsTable() {
    Path other = SharedData.require("formats/torch-zip/burn_mnist.pt");
    assertThat(run("weights", "inspect", other)).isZero();
    assertThat(out.toString()).contains("fc1.weight").contains("no VGG-shaped net");
  }

  @Test
  void convertWritesLayersByName() throws IOException {
    assertThat(run("weights", "convert", weights, converted)).isZero();
    try (TensorFile file = Safetensors.open(converted);
        TensorFile original = Safetensors.open(weights)) {
      assertThat(file.entries())
          .containsOnlyKeys("conv1_1.weight", "conv1_1.bias", "conv2_1.weight", "conv2_1.bias");
      assertThat(file.entry("conv2_1.weight").toFloats())
          .containsExactly(original.entry("features.3.weight").toFloats());
      assertThat(file.metadata())
          .containsEntry("tempera.architecture", "vgg 4 | 6")
          .containsEntry("tempera.family", "torchvision")
          .containsEntry("tempera.source", "net.safetensors")
          .hasEntrySatisfying("tempera.sha256", hash -> assertThat(hash).hasSize(64));
    }
    assertThat(out.toString()).contains("2 convolutions, f32");
  }

  @Test
  void convertLeavesOutWhatLiesBehindALayer() throws IOException {
    assertThat(run("weights", "convert", weights, converted, "--until", "relu1_1")).isZero();
    try (TensorFile file = Safetensors.open(converted)) {
      assertThat(file.entries()).containsOnlyKeys("conv1_1.weight", "conv1_1.bias");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--dtype, f8, --dtype is 'f8'",
    "--until, relu4_1, no layer relu4_1",
    "--until, dense, no layer named 'dense'"
  })
  void wrongUsageOfConvertIsOneLine(String option, String value, String fragment) {
    assertThat(run("weights", "convert", weights, converted, option, value))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains(fragment);
    assertThat(converted).doesNotExist();
  }

  @Test
  void convertNeverOverwritesItsInput() throws IOException {
    long length = Files.size(weights);
    assertThat(run("weights", "convert", weights, weights)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(Files.size(weights)).isEqualTo(length);
  }

  @Test
  void verifyTellsWhatItFound() {
    assertThat(run("weights", "verify", weights)).isZero();
    assertThat(out.toString())
        .containsPattern("relu2_1 .* %")
        .contains("not those of")
        .endsWith("sound" + System.lineSeparator());
  }

  @Test
  void aConvertedNetPaintsTheSamePicture() throws IOException {
    Path published = SharedData.require("weights/vgg19-16x/2SE.pth");
    Path content = SharedData.require("images/content/kodim23_parrots.png");
    Path style = SharedData.require("images/style/the_scream.jpg");
    assertThat(run("weights", "convert", published, converted)).isZero();
    Path first = folder.resolve("first.png");
    Path second = folder.resolve("second.png");
    assertThat(paint(content, style, published, first)).isZero();
    assertThat(paint(content, style, converted, second)).isZero();
    assertThat(second).hasSameBinaryContentAs(first);
  }

  private int paint(Path content, Path style, Path net, Path picture) {
    return run(
        "stylize",
        content,
        style,
        "--weights",
        net,
        "-o",
        picture,
        "--size",
        48,
        "--iterations",
        4,
        "--quiet");
  }
}

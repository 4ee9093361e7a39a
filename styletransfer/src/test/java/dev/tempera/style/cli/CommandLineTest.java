package dev.tempera.style.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.style.TestPictures;
import dev.tempera.style.image.Picture;
import dev.tempera.style.image.PictureReader;
import dev.tempera.style.image.PictureWriter;
import dev.tempera.testkit.SharedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The program as a user types it. */
class CommandLineTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path content;
  private Path style;
  private Path output;

  @BeforeEach
  void writePictures() {
    content = folder.resolve("content.png");
    style = folder.resolve("style.png");
    output = folder.resolve("out.png");
    PictureWriter.standard().write(TestPictures.scene(40, 32), content);
    PictureWriter.standard().write(TestPictures.stripes(36, 36), style);
  }

  private int run(Object... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  private int stylize(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("stylize", content, style, "-o", output));
    arguments.addAll(List.of(more));
    return run(arguments.toArray());
  }

  private void assertFailsInOneLine(int code, int expected, String... fragments) {
    assertThat(err.toString().lines().filter(line -> line.startsWith("tempera: ")))
        .as(err.toString())
        .singleElement()
        .asString()
        .contains(fragments);
    assertThat(err.toString()).doesNotContain("\tat ");
    assertThat(code).isEqualTo(expected);
    assertThat(output).doesNotExist();
  }

  @Test
  void stylizeWritesAPictureAndSaysHow() {
    PictureWriter.standard().write(TestPictures.scene(80, 64), content);
    PictureWriter.standard().write(TestPictures.stripes(72, 72), style);
    assertThat(stylize("--iterations", 6)).isZero();
    Picture picture = PictureReader.read(output);
    assertThat(picture.width()).isEqualTo(80);
    assertThat(picture.height()).isEqualTo(64);
    assertThat(err.toString())
        .contains("learned from the content and style pictures")
        .contains("VGG19");
    assertThat(out.toString()).contains("wrote " + output).contains("6 evaluations");
  }

  @Test
  void theMemoryOfARunIsToldBeforeItBegins() {
    assertThat(stylize("--iterations", 3)).isZero();
    assertThat(err.toString()).containsPattern("memory: \\S+ MiB");
  }

  @Test
  void anEstimatePrintsWhatARunWouldTakeAndWritesNothing() {
    assertThat(stylize("--estimate", "--size", 40, "--iterations", 9)).isZero();
    assertThat(out.toString())
        .containsPattern("peak \\S+ MiB, obtained from the system \\S+ MiB")
        .containsPattern("iB {2}conv2d \\(\\d+ blocks\\)");
    assertThat(output).doesNotExist();
  }

  @Test
  void aRunThatWouldTakeTooMuchMemoryIsRefused() {
    int code = stylize("--iterations", 3, "--memory", "900k");
    assertFailsInOneLine(
        code, 1, "of memory, more than the 900.0 KiB it may take", "a smaller size");
  }

  @Test
  void memoryIsANumberOfBytes() {
    assertFailsInOneLine(
        stylize("--memory", "lots"), 2, "'lots' is no number of bytes; expected one like 900m");
  }

  @Test
  void theUseOfMemoryIsAnOptionOfTheBackend() {
    String before = System.getProperty("tempera.cpu.memory");
    try {
      assertThat(stylize("--estimate", "--memory-use", "lean")).isZero();
      assertThat(System.getProperty("tempera.cpu.memory")).isEqualTo("lean");
    } finally {
      restore("tempera.cpu.memory", before);
    }
  }

  private static void restore(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  @Test
  void quietPrintsNothing() {
    assertThat(stylize("--iterations", 3, "--quiet")).isZero();
    assertThat(out.toString() + err).isEmpty();
  }

  @Test
  void aTraceHasOneObjectALine() throws IOException {
    Path trace = folder.resolve("trace.jsonl");
    assertThat(stylize("--iterations", 5, "--trace", trace)).isZero();
    List<String> lines = Files.readAllLines(trace);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .matches(
            "\\{\"scale\":1,\"iteration\":1,\"content\":[^,]+,\"style\":[^,]+,\"tv\":[^,]+,"
                + "\"total\":[^,]+,\"elapsed_ms\":\\d+}");
  }

  @Test
  void snapshotsAreNumbered() {
    assertThat(stylize("--iterations", 6, "--save-every", 3)).isZero();
    assertThat(folder.resolve("out-0003.png")).exists();
    assertThat(folder.resolve("out-0006.png")).exists();
  }

  @Test
  void aRunCanStartFromItsOwnResult() {
    assertThat(stylize("--iterations", 3)).isZero();
    assertThat(stylize("--iterations", 3, "--init", output)).isZero();
  }

  @Test
  void theFixedFiltersAreTakenByName() {
    assertThat(stylize("--iterations", 3, "--weights", "dead-leaves")).isZero();
    assertThat(err.toString()).contains("dead-leaves");
  }

  @ParameterizedTest
  @CsvSource({
    "--style-weight, -1, style weight is -1.0",
    "--content-weight, NaN, content weight is NaN",
    "--style-layers, relu9, no layer named 'relu9'",
    "--size, 2, size is 2; it lies between 4 and 8192",
    "--size, 2000000000, size is 2000000000",
    "--iterations, 0, iterations is 0",
    "--recipe, monet, no recipe named 'monet'",
    "--pooling, median, neither max nor avg",
    "--optimizer, newton, newton",
    "--threads, 0, --threads is 0",
    "--memory-use, little, little",
    "--brush, 3, --brush"
  })
  void wrongUsageIsOneLineAndExitCode2(String option, String value, String fragment) {
    assertFailsInOneLine(stylize(option, value), CommandLine.ExitCode.USAGE, fragment);
  }

  @Test
  void aMissingPictureIsNamed() {
    Path missing = folder.resolve("missing.jpg");
    int code = run("stylize", missing, style, "-o", output);
    assertFailsInOneLine(code, CommandLine.ExitCode.SOFTWARE, missing.toString());
  }

  @Test
  void aFileThatIsNoPictureIsRefused() throws IOException {
    Files.writeString(content, "not a picture");
    assertFailsInOneLine(stylize(), CommandLine.ExitCode.SOFTWARE, content.toString());
  }

  @Test
  void onePixelIsRefused() {
    PictureWriter.standard().write(TestPictures.flat(1, 1, 0.5), content);
    assertFailsInOneLine(stylize(), CommandLine.ExitCode.SOFTWARE, "1×1 pixels");
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeTheRun() {
    Path impossible = folder.resolve("no/such/folder/out.png");
    int code = run("stylize", content, style, "-o", impossible);
    assertFailsInOneLine(code, CommandLine.ExitCode.SOFTWARE, "no/such/folder");
    assertThat(err.toString()).doesNotContain("features:");
  }

  @Test
  void weightsThatAreNeitherFileNorPublishedAreRefused() {
    assertFailsInOneLine(
        stylize("--weights", "vgg20"),
        CommandLine.ExitCode.USAGE,
        "--weights vgg20: there is no such file",
        "weights list");
  }

  @Test
  void truncatedWeightsAreRefused() {
    Path damaged = SharedData.require("formats/damaged/truncated_vgg_normalised.pth");
    assertFailsInOneLine(
        stylize("--weights", damaged), CommandLine.ExitCode.SOFTWARE, "PyTorch", "byte");
  }

  @Test
  void weightsWithoutANeededLayerAreRefused() {
    Path shallow = SharedData.require("weights/vgg19-16x/2SE.pth");
    assertFailsInOneLine(
        stylize("--weights", shallow, "--content-layers", "relu4_2"),
        CommandLine.ExitCode.SOFTWARE,
        "no layer relu4_2",
        "relu2_1");
  }

  @Test
  void aFailedRunLeavesNoTrace() {
    Path trace = folder.resolve("trace.jsonl");
    PictureWriter.standard().write(TestPictures.flat(1, 1, 0.5), content);
    assertFailsInOneLine(stylize("--trace", trace), CommandLine.ExitCode.SOFTWARE, "1×1 pixels");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aTraceNeverOverwritesAPicture() {
    assertFailsInOneLine(stylize("--trace", content), CommandLine.ExitCode.USAGE, "--trace names");
    assertThat(PictureReader.read(content).width()).isEqualTo(40);
  }

  @Test
  void weightsOfAnotherNetAreRefused() {
    Path decoder = SharedData.require("weights/vgg19-16x/3SD.pth");
    assertFailsInOneLine(
        stylize("--weights", decoder),
        CommandLine.ExitCode.SOFTWARE,
        "3SD.pth",
        "no VGG-shaped net");
  }

  @Test
  void anUnknownBackendIsNeverReplaced() {
    assertFailsInOneLine(
        stylize("--backend", "abacus"), CommandLine.ExitCode.SOFTWARE, "abacus", "cpu");
  }

  @Test
  void backendsAreListed() {
    assertThat(run("backends")).isZero();
    assertThat(out.toString()).contains("* cpu").contains("reference");
  }

  @Test
  void verboseAddsTheStackTrace() {
    int code = run("stylize", folder.resolve("missing.jpg"), style, "--verbose");
    assertThat(code).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("\tat ");
  }
}

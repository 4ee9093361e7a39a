package dev.tempera.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, started on the module path in a process of its own. */
class ModulePathLaunchTest {
  private static final Path MODULES =
      Path.of(System.getProperty("basedir", ""), "..", "styletransfer", "target", "app");

  @TempDir private Path folder;

  @BeforeAll
  static void requirePackagedProgram() {
    boolean packaged = Files.isDirectory(MODULES);
    if (!packaged) {
      System.out.println("Skipped: styletransfer/target/app is made by the package phase");
    }
    assumeTrue(packaged);
  }

  @Test
  void printsItsVersion() throws Exception {
    Result result = run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).matches("tempera \\d+\\.\\d+\\.\\d+.*\\R");
  }

  @Test
  void bindsTheCpuBackendAndTheImageReaders() throws Exception {
    assertThat(java("--show-module-resolution", "--dry-run").output())
        .contains("dev.tempera.core binds dev.tempera.cpu")
        .contains("java.desktop binds com.twelvemonkeys.imageio.jpeg")
        .contains("java.desktop binds com.twelvemonkeys.imageio.tiff")
        .contains("java.desktop binds com.twelvemonkeys.imageio.webp");
  }

  @Test
  void takesTheCpuBackend() throws Exception {
    Result result = run("backends");
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).containsPattern("(?m)^\\* cpu +available");
  }

  @Test
  void paintsAPicture() throws Exception {
    Path examples = MODULES.resolve("../../../examples").normalize();
    Path output = folder.resolve("painted.png");
    Result result =
        run(
            "stylize",
            examples.resolve("landscape.png").toString(),
            examples.resolve("painting.png").toString(),
            "--size",
            "96",
            "--iterations",
            "6",
            "-o",
            output.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("wrote " + output + " (96×72)");
    assertThat(output).isNotEmptyFile();
  }

  @Test
  void refusesUnknownCommands() throws Exception {
    assertThat(run("varnish").exitCode()).isEqualTo(2);
  }

  /** Runs the program with these arguments. */
  private Result run(String... arguments) throws IOException, InterruptedException {
    return start(List.of(), List.of(arguments));
  }

  /** Starts the program's JVM with these options and no arguments. */
  private Result java(String... options) throws IOException, InterruptedException {
    return start(List.of(options), List.of());
  }

  private Result start(List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("--module-path", MODULES.toString()));
    command.addAll(List.of("--module", "dev.tempera.style/dev.tempera.style.cli.Main"));
    command.addAll(arguments);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Result(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /** What a run came to. */
  private record Result(int exitCode, String output) {}
}

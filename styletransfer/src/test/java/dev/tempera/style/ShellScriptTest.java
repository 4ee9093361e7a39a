package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The start-up script of the shell, run by jshell itself. */
class ShellScriptTest {
  @Test
  void theShellStartsWithEverythingImported() throws Exception {
    Path script = Path.of("..", "docs", "tempera.jsh");
    String input =
        "System.out.println(Tensor.of(new float[] {1, 2, 3}, 3).square().sum())\n/exit\n";
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "-R--add-modules=jdk.incubator.vector",
                "-R--enable-native-access=ALL-UNNAMED",
                "--startup",
                script.toString(),
                "-s")
            .redirectErrorStream(true)
            .start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(input);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Tempera on the cpu backend", "tensor(14., dtype=float32)");
  }
}

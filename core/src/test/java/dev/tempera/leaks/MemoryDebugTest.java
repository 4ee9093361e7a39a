package dev.tempera.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program that is started with {@code -Dtempera.memory.debug=true} names the lines that leak. */
class MemoryDebugTest {
  private static final String PROGRAM = "dev.tempera.leaks.LeakingProgram.";

  @Test
  void linesAreNamed() throws IOException, InterruptedException {
    assertThat(run("-Dtempera.memory.debug=true"))
        .contains("a tensor of shape [7], made by Tensor.filled at " + line("forget"))
        .contains("addScalar: the tensor is closed")
        .contains("made    by Tensor.filled at " + line("make"))
        .contains("closed  at " + line("close"))
        .contains("a tensor of shape [2, 3] was closed twice")
        .contains("again   at " + line("closeAgain"))
        .contains("tempera: memory that was not given back at the end")
        .contains("400 bytes in 1 storage made by exp at " + line("leak"));
  }

  private static String line(String method) {
    return PROGRAM + method + "(LeakingProgram.java:";
  }

  @Test
  void nothingIsNotedUnlessAsked() throws IOException, InterruptedException {
    assertThat(run("-Dtempera.memory.debug=false"))
        .contains("addScalar: the tensor is closed")
        .contains("-Dtempera.memory.debug=true names the line")
        .doesNotContain("LeakingProgram.java", "closed twice", "not given back");
  }

  private static String run(String option) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-Dtempera.backend=reference",
                "-cp",
                System.getProperty("java.class.path"),
                LeakingProgram.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}

package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program that is started with {@code -Dtempera.anomaly=true} looks for NaN everywhere. */
class AnomalyPropertyTest {
  /** Takes the logarithm of a negative number. */
  static final class Program {
    private Program() {}

    /** The program. */
    public static void main(String[] arguments) {
      try (TensorScope _ = TensorScope.open("program")) {
        System.out.println("logarithm " + Tensor.scalar(-1).log().item());
      }
    }
  }

  @Test
  void theProgramEndsWhereNanIsMade() throws IOException, InterruptedException {
    assertThat(run("true")).contains("AnomalyException: anomaly: log made NaN");
  }

  @Test
  void nothingIsCheckedUnlessAsked() throws IOException, InterruptedException {
    assertThat(run("false")).contains("logarithm NaN").doesNotContain("AnomalyException");
  }

  private static String run(String value) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtempera.anomaly=" + value,
                "-Dtempera.backend=reference",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}

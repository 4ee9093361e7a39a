package dev.tempera.bench.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempera.bench.contest.Contest;
import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.ours.Tempera;
import dev.tempera.bench.process.PeerException;
import dev.tempera.bench.work.OneOfEachKind;
import dev.tempera.bench.work.Workload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The protocol of the Python process, and that PyTorch computes what we compute. The system
 * property {@code tempera.python} names a Python that has PyTorch.
 */
class PythonTorchTest {
  @Test
  void pyTorchComputesTheSame() {
    try (PythonTorch torch = started();
        Tempera ours = new Tempera(1);
        PeakRate peak = new PeakRate(1)) {
      Contest contest = new Contest(ours, List.of(torch), peak, 1, 0);
      for (Workload workload : OneOfEachKind.at(32)) {
        assertThat(contest.run(workload))
            .singleElement()
            .satisfies(
                outcome -> assertThat(outcome.difference()).as(workload.name()).isLessThan(1e-4));
      }
    }
  }

  @Test
  void aPythonThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new PythonTorch("no-such-python", 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-python");
  }

  private static PythonTorch started() {
    String python = System.getProperty("tempera.python", "python3");
    try {
      return new PythonTorch(python, 1);
    } catch (IOException | PeerException e) {
      System.out.println("Skipped: " + e.getMessage());
      assumeTrue(false, "no PyTorch");
      throw new AssertionError(e);
    }
  }
}

package dev.tempera.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.bench.contest.Outcome;
import dev.tempera.bench.work.CaseGroup;
import dev.tempera.bench.work.Workload;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of outcomes: lines, sums, a table, a plot. */
class ReportTest {
  @TempDir private Path folder;

  /** Twice as fast as one peer and as fast as another in every convolution of VGG19. */
  private static List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Workload workload : CaseGroup.CONV.workloads(512)) {
      double millis = workload.computation().operations() / 500e6;
      outcomes.add(new Outcome(workload, millis, "pytorch", 2 * millis, 400, 1e-6));
      outcomes.add(new Outcome(workload, millis, "libtorch", millis, 400, 2e-6));
    }
    return outcomes;
  }

  @Test
  void aLineHasTheNamesThatScriptsLookFor() {
    assertThat(OutcomeLine.of(outcomes().getFirst()))
        .isEqualTo(
            "case=conv1_1-forward ours_ms=1.81 peer=pytorch peer_ms=3.62 ratio=2.00 gflops=500"
                + " peak_gflops=400 difference=1.0e-06 shape=3-64@512");
  }

  @Test
  void aSummaryCountsLayers() {
    List<Outcome> two = new ArrayList<>(outcomes().subList(0, 2));
    two.removeLast();
    Workload three =
        CaseGroup.CONV.workloads(512).stream()
            .filter(workload -> workload.label().equals("conv3_2..3_4"))
            .findFirst()
            .orElseThrow();
    two.add(new Outcome(three, 1, "pytorch", 4, 400, 0));
    // The fourth root of 2·4·4·4.
    assertThat(Summary.of(two).getFirst().line())
        .isEqualTo(
            "summary=conv-forward peer=pytorch count=4 ratio_minimum=2.00"
                + " ratio_geometric_mean=3.36");
  }

  @Test
  void theTableHasARowForEachOutcome() throws IOException {
    Path file = folder.resolve("peers.csv");
    OutcomeTable.write(file, outcomes());
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + 2 * 27);
    int columns = lines.getFirst().split(",", -1).length;
    assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void thePlotHasAPanelForEachGroup() throws IOException {
    Path file = folder.resolve("roofline.png");
    new Roofline(400, 48, 4).draw(file, outcomes());
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1800);
    assertThat(image.getHeight()).isEqualTo(2 * 620);
    assertThat(image.getRGB(5, 5) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }
}

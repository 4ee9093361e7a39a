package dev.tempera.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.ours.Tempera;
import dev.tempera.bench.process.JavaCommand;
import dev.tempera.bench.process.PeerException;
import dev.tempera.bench.process.RemoteContestant;
import dev.tempera.bench.work.CaseGroup;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.OneOfEachKind;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.bench.work.Workload;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Ours against ours, in this process and in another. */
class ContestTest {
  @Test
  void everyComputationGivesTheSameBitsInAnotherProcess() throws Exception {
    try (Tempera here = new Tempera(1);
        RemoteContestant there =
            new RemoteContestant(JavaCommand.LIKE_THIS, Tempera.class.getName(), 2);
        PeakRate peak = new PeakRate(1)) {
      Contest contest = new Contest(here, List.of(there), peak, 1, 0);
      for (Workload workload : OneOfEachKind.at(16)) {
        assertThat(contest.run(workload))
            .singleElement()
            .satisfies(
                outcome -> {
                  assertThat(outcome.difference()).isZero();
                  assertThat(outcome.oursMillis()).isPositive();
                  assertThat(outcome.peerMillis()).isPositive();
                  assertThat(outcome.peakRate()).isPositive();
                });
      }
    }
  }

  @Test
  void whoComputesSomethingElseIsFoundOut() {
    Workload workload = CaseGroup.GRAM.workloads(16).getFirst();
    try (Tempera ours = new Tempera(1);
        PeakRate peak = new PeakRate(1)) {
      Contest contest = new Contest(ours, List.of(new Zeros()), peak, 1, 0);
      assertThatThrownBy(() -> contest.run(workload))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("gram-64x256-forward")
          .hasMessageContaining("zeros");
    }
  }

  @Test
  void nothingIsTimedThatNoPeerOffers() {
    try (Tempera ours = new Tempera(1);
        PeakRate peak = new PeakRate(1)) {
      Contest contest = new Contest(ours, List.of(new Zeros()), peak, 1, 0);
      assertThat(contest.run(CaseGroup.STEP.workloads(16).getFirst())).isEmpty();
    }
  }

  @Test
  void aContestantThatCannotStartSaysWhy() {
    assertThatThrownBy(() -> new RemoteContestant(JavaCommand.LIKE_THIS, "no.such.Library", 1))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("no.such.Library");
  }

  /** Fast and wrong, and no steps. */
  private static final class Zeros implements Contestant {
    @Override
    public String name() {
      return "zeros";
    }

    @Override
    public String description() {
      return "zeros";
    }

    @Override
    public boolean runs(Computation computation) {
      return !(computation instanceof StyleStep);
    }

    @Override
    public OptionalLong peakMemory() {
      return OptionalLong.empty();
    }

    @Override
    public Attempt prepare(Computation computation) {
      return new Attempt() {
        @Override
        public double run() {
          return 1;
        }

        @Override
        public float[] result() {
          return new float[64 * 64];
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}

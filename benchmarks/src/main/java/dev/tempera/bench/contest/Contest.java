package dev.tempera.bench.contest;

import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.machine.Statistics;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * Times one computation in our library and in others in turn, so that all meet the same machine.
 *
 * <p>Everybody is warm before the first time is taken: the Java compiler has to have finished with
 * our kernels. Between two runs the machine rests for some milliseconds, in which the waiting
 * threads of whoever ran before go to sleep.
 */
public final class Contest {
  private static final int REST_MILLIS = 10;
  private static final int LEAST_WARM_UPS = 2;
  private static final double PEER_WARM_UP_MILLIS = 500;
  private static final double MOST_DIFFERENCE = 1e-3;

  private final Contestant ours;
  private final List<Contestant> peers;
  private final PeakRate peak;
  private final int repetitions;
  private final double warmUpMillis;

  /**
   * A contest.
   *
   * @param peak measured before each round
   * @param repetitions how many rounds are timed
   * @param warmUpSeconds how long ours runs before
   */
  public Contest(
      Contestant ours,
      List<Contestant> peers,
      PeakRate peak,
      int repetitions,
      double warmUpSeconds) {
    this.ours = ours;
    this.peers = List.copyOf(peers);
    this.peak = peak;
    this.repetitions = repetitions;
    this.warmUpMillis = 1e3 * warmUpSeconds;
  }

  /** A contestant, what it prepared, its times and its distance from ours. */
  private static final class Lane {
    private final String name;
    private final Attempt attempt;
    private final List<Double> millis = new ArrayList<>();
    private double difference;

    Lane(Contestant contestant, Workload workload) {
      name = contestant.name();
      attempt = contestant.prepare(workload.computation());
    }
  }

  /**
   * Runs a computation.
   *
   * @return ours against each peer that has a way to do it; nothing is timed if none has
   * @throws IllegalStateException if results differ so much that something else was computed
   */
  public List<Outcome> run(Workload workload) {
    List<Contestant> able =
        peers.stream().filter(peer -> peer.runs(workload.computation())).toList();
    if (able.isEmpty()) {
      return List.of();
    }
    List<Lane> lanes = new ArrayList<>();
    try {
      lanes.add(new Lane(ours, workload));
      for (Contestant peer : able) {
        lanes.add(new Lane(peer, workload));
      }
      compare(workload, lanes);
      warmUp(lanes.getFirst().attempt, warmUpMillis);
      for (Lane peer : lanes.subList(1, lanes.size())) {
        warmUp(peer.attempt, PEER_WARM_UP_MILLIS);
      }
      for (int i = 0; i < repetitions; i++) {
        peak.measure();
        for (Lane lane : lanes) {
          rest();
          lane.millis.add(lane.attempt.run());
        }
      }
      return outcomes(workload, lanes);
    } finally {
      lanes.forEach(lane -> lane.attempt.close());
    }
  }

  private static void compare(Workload workload, List<Lane> lanes) {
    Attempt own = lanes.getFirst().attempt;
    own.run();
    float[] expected = own.result();
    for (Lane peer : lanes.subList(1, lanes.size())) {
      peer.attempt.run();
      peer.difference = Difference.relative(expected, peer.attempt.result());
      boolean amplified = workload.computation() instanceof StyleStep;
      if (!(peer.difference <= MOST_DIFFERENCE) && !amplified) {
        throw new IllegalStateException(
            workload.name()
                + ": results differ from those of "
                + peer.name
                + " by "
                + peer.difference
                + " of the largest element, more than "
                + MOST_DIFFERENCE);
      }
    }
  }

  private static void warmUp(Attempt attempt, double millis) {
    double spent = 0;
    for (int i = 0; i < LEAST_WARM_UPS || spent < millis; i++) {
      spent += attempt.run();
    }
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Outcome> outcomes(Workload workload, List<Lane> lanes) {
    double oursMillis = Statistics.median(lanes.getFirst().millis);
    double peakRate = peak.median(repetitions);
    List<Outcome> outcomes = new ArrayList<>();
    for (Lane peer : lanes.subList(1, lanes.size())) {
      outcomes.add(
          new Outcome(
              workload,
              oursMillis,
              peer.name,
              Statistics.median(peer.millis),
              peakRate,
              peer.difference));
    }
    return outcomes;
  }
}

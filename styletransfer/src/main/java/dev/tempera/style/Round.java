package dev.tempera.style;

import java.util.ArrayList;
import java.util.List;

/**
 * One round of a run.
 *
 * @param number from 1
 * @param size of the image
 * @param iterations evaluations of the losses
 */
record Round(int number, ImageSize size, int iterations) {
  /** Smaller images show nothing worth optimising; their rounds are left out. */
  private static final int SHORTEST_SIDE = 24;

  /**
   * The rounds of a run: one for each scale that is large enough, iterations split by effort.
   *
   * @param full the final size
   * @param iterations all together; each round gets at least one
   */
  static List<Round> plan(List<Scale> scales, ImageSize full, int iterations) {
    List<Scale> kept =
        scales.stream()
            .filter(
                scale -> scale.size() == 1 || full.times(scale.size()).shortest() >= SHORTEST_SIDE)
            .toList();
    // With fewer iterations than rounds, the last rounds are the ones that count.
    kept = kept.subList(Math.max(0, kept.size() - iterations), kept.size());
    double effort = kept.stream().mapToDouble(Scale::effort).sum();
    List<Round> rounds = new ArrayList<>();
    double done = 0;
    int given = 0;
    for (Scale scale : kept) {
      done += scale.effort() / effort;
      int after = kept.size() - rounds.size() - 1;
      int until = (int) Math.round(iterations * done);
      until = Math.min(Math.max(until, given + 1), iterations - after);
      rounds.add(new Round(rounds.size() + 1, full.times(scale.size()), until - given));
      given = until;
    }
    return rounds;
  }
}

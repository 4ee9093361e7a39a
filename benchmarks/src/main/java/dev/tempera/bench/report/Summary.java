package dev.tempera.bench.report;

import dev.tempera.bench.contest.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The ratios of several outcomes, each counted for as many layers as it stands for. */
public final class Summary {
  private final String group;
  private final String peer;
  private int layers;
  private double logarithms;
  private double least = Double.POSITIVE_INFINITY;

  private Summary(String group, String peer) {
    this.group = group;
    this.peer = peer;
  }

  /** One for each group and peer, groups of a single computation left out. */
  public static List<Summary> of(List<Outcome> outcomes) {
    Map<String, Summary> summaries = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      String group = outcome.workload().group();
      summaries
          .computeIfAbsent(group + " " + outcome.peer(), _ -> new Summary(group, outcome.peer()))
          .add(outcome);
    }
    List<Summary> several = new ArrayList<>(summaries.values());
    several.removeIf(summary -> summary.layers < 2);
    return several;
  }

  private void add(Outcome outcome) {
    int count = outcome.workload().layers();
    layers += count;
    logarithms += count * Math.log(outcome.ratio());
    least = Math.min(least, outcome.ratio());
  }

  /** The line that is printed of it, without its end. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "summary=%s peer=%s count=%d ratio_minimum=%.2f ratio_geometric_mean=%.2f",
        group,
        peer,
        layers,
        least,
        Math.exp(logarithms / layers));
  }
}

package dev.tempera.bench.work;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A few computations that differ in kind. */
public final class OneOfEachKind {
  private OneOfEachKind() {}

  /** The first of each group, for images with a side of so many pixels. */
  public static List<Workload> at(int size) {
    Map<String, Workload> first = new LinkedHashMap<>();
    Arrays.stream(CaseGroup.values())
        .flatMap(group -> group.workloads(size).stream())
        .forEach(workload -> first.putIfAbsent(workload.group(), workload));
    return List.copyOf(first.values());
  }
}

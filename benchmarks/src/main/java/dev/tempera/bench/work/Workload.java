package dev.tempera.bench.work;

/**
 * A computation under the name that results are printed by.
 *
 * @param name such as {@code conv3_2..3_4-forward}
 * @param label the name within its group, such as {@code conv3_2..3_4}
 * @param group that it is summed up with, such as {@code conv-forward}
 * @param layers of the net that it stands for
 * @param computation what is computed
 */
public record Workload(
    String name, String label, String group, int layers, Computation computation) {}

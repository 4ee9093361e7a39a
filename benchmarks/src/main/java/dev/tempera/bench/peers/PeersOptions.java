package dev.tempera.bench.peers;

import dev.tempera.bench.work.CaseGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What can be chosen on the command line. */
final class PeersOptions {
  private static final int LARGEST_SIZE = 2048;

  @Option(
      names = "--case",
      split = ",",
      paramLabel = "CASE",
      description = "Which of ${COMPLETION-CANDIDATES}; all but scaling if not given.")
  private final List<CaseGroup> cases = new ArrayList<>();

  @Option(
      names = "--peer",
      split = ",",
      paramLabel = "PEER",
      description = "Which of ${COMPLETION-CANDIDATES}; all that work here if not given.")
  private final List<PeerName> peers = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Side of the image, a multiple of 16; 512, for munit 256, if not given.")
  private int size;

  @Option(
      names = "--threads",
      paramLabel = "COUNT",
      description = "Threads of everybody; all processors if not given.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--repeat",
      paramLabel = "COUNT",
      description = "Rounds of which the median is printed; ${DEFAULT-VALUE} if not given.")
  private int repetitions = 7;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "How long ours runs before each case; ${DEFAULT-VALUE} if not given.")
  private double warmUpSeconds = 2;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where peers.csv and roofline.png are written; nowhere if not given.")
  private @Nullable Path out;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "A Python that has PyTorch; python3 if not given.")
  private @Nullable String python;

  PeersOptions() {}

  /**
   * Refuses what cannot be run.
   *
   * @throws ParameterException with the reason
   */
  void check(CommandLine commandLine) {
    require(commandLine, threads >= 1 && threads <= 1024, "--threads lies from 1 to 1024");
    require(commandLine, repetitions >= 1, "--repeat is at least 1");
    require(commandLine, warmUpSeconds >= 0, "--warm-up is not negative");
    require(
        commandLine,
        size == 0 || (size >= 16 && size <= LARGEST_SIZE && size % 16 == 0),
        "--size is a multiple of 16 from 16 to " + LARGEST_SIZE);
  }

  private static void require(CommandLine commandLine, boolean condition, String rule) {
    if (!condition) {
      throw new ParameterException(commandLine, rule);
    }
  }

  Set<CaseGroup> cases() {
    return cases.isEmpty()
        ? EnumSet.complementOf(EnumSet.of(CaseGroup.SCALING))
        : EnumSet.copyOf(cases);
  }

  Set<PeerName> peers() {
    return peers.isEmpty() ? EnumSet.allOf(PeerName.class) : EnumSet.copyOf(peers);
  }

  /** The side of the image in a group of cases. */
  int sizeOf(CaseGroup group) {
    return size == 0 ? group.usualSize() : size;
  }

  int threads() {
    return threads;
  }

  int repetitions() {
    return repetitions;
  }

  double warmUpSeconds() {
    return warmUpSeconds;
  }

  /** The folder for files. */
  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  String python() {
    return python == null ? "python3" : python;
  }
}

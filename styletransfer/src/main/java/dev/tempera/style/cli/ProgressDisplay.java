package dev.tempera.style.cli;

import dev.tempera.data.ByteCount;
import dev.tempera.style.LossRecord;
import dev.tempera.style.Opening;
import dev.tempera.style.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far a run is: one line that is written over on a terminal, a line now and then
 * elsewhere.
 */
final class ProgressDisplay {
  private static final int PLAIN_LINES = 12;
  private static final double ENOUGH_TO_TELL = 0.02;

  private final PrintWriter err;
  private final boolean quiet;
  private final boolean verbose;
  private final String backend;
  private final ProgressLine line;

  /**
   * A display.
   *
   * @param err where to
   * @param quiet whether to show nothing
   * @param verbose whether to show which layers are used
   * @param backend what computes, in words
   */
  ProgressDisplay(PrintWriter err, boolean quiet, boolean verbose, String backend) {
    this.err = err;
    this.quiet = quiet;
    this.verbose = verbose;
    this.backend = backend;
    this.line = new ProgressLine(err);
  }

  /** Says what is about to happen. */
  void start(Opening opening) {
    if (quiet) {
      return;
    }
    err.println("features: " + opening.features() + opening.advice().map(a -> "; " + a).orElse(""));
    opening.warning().ifPresent(warning -> err.println("warning: " + warning));
    err.println("size: " + opening.size() + ", " + backend);
    opening
        .forecast()
        .map(forecast -> "memory: " + ByteCount.text(forecast.reservedBytes()))
        .ifPresent(err::println);
    if (verbose) {
      err.println("style layers: " + opening.layers().style());
      err.println("content layers: " + opening.layers().content());
    }
  }

  /** Shows one evaluation. */
  void show(Progress progress) {
    LossRecord losses = progress.losses();
    int step = Math.max(1, progress.iterations() / PLAIN_LINES);
    boolean due = losses.iteration() % step == 0 || losses.iteration() == 1;
    if (quiet || !(line.isTerminal() || due)) {
      return;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%d/%d  scale %d/%d (%s)  loss %.4g%s",
            losses.iteration(),
            progress.iterations(),
            losses.scale(),
            progress.scales(),
            progress.size(),
            losses.total(),
            timeLeft(losses.elapsedMillis(), progress.share()));
    if (line.isTerminal()) {
      line.show(progress.share(), text);
    } else {
      err.println(text);
      err.flush();
    }
  }

  /** Removes the line that is written over. */
  void clear() {
    line.clear();
  }

  /** Empty while too little is done to tell. */
  private static String timeLeft(long elapsedMillis, double share) {
    if (share < ENOUGH_TO_TELL) {
      return "";
    }
    long seconds = Math.round(elapsedMillis * (1 - share) / share / 1000);
    return String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
  }
}

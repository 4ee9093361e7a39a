package dev.tempera.style.cli;

import dev.tempera.style.Opening;
import dev.tempera.style.Progress;

/**
 * What the command line does at each evaluation.
 *
 * @param display shows how far it is
 * @param trace writes the losses
 * @param snapshots writes pictures on the way
 * @param interruption knows whether to stop
 */
record RunListener(
    ProgressDisplay display, TraceWriter trace, Snapshots snapshots, Interruption interruption)
    implements Progress.Listener {
  /**
   * Tells what is about to begin. What pictures and weights were read through is garbage by now,
   * and collected once, so that Java's heap does not keep memory that tensors need.
   */
  @Override
  public void onStart(Opening opening) {
    System.gc();
    display.start(opening);
    trace.start();
  }

  @Override
  public boolean onEvaluation(Progress progress) {
    display.show(progress);
    trace.write(progress.losses());
    snapshots.write(progress);
    return !interruption.isRequested();
  }
}

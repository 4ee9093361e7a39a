package dev.tempera.style;

import dev.tempera.style.image.Picture;
import java.util.List;

/**
 * What a run made.
 *
 * @param picture the picture, at the final size
 * @param history the losses at each evaluation
 * @param ending how it ended
 * @param message the ending in words
 */
public record StyleResult(
    Picture picture, List<LossRecord> history, Ending ending, String message) {
  /** How a run ended. */
  public enum Ending {
    /** All rounds were run. */
    FINISHED,
    /** The listener asked to stop; the picture is the best until then. */
    STOPPED,
    /** The losses stopped being finite; the picture is the best until then. */
    NOT_FINITE
  }
}

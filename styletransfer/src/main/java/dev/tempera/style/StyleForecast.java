package dev.tempera.style;

import dev.tempera.backend.Backends;
import dev.tempera.forecast.MemoryForecast;
import dev.tempera.optim.Minimizer;
import dev.tempera.optim.Objective;
import dev.tempera.optim.Outcome;
import dev.tempera.style.image.Picture;
import dev.tempera.tensor.Tensor;
import dev.tempera.vgg.VggNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts the memory of a run: rehearses it, round by round, on a backend that counts bytes and
 * computes nothing.
 *
 * @param recipe of the run
 * @param minimizer of the run
 * @param content of the run
 * @param styles of the run
 * @param size of the content
 */
record StyleForecast(
    Recipe recipe, Minimizer minimizer, Picture content, List<Picture> styles, ImageSize size) {
  /**
   * Takes the memory that a minimisation takes, in its place.
   *
   * @param minimizer the one that minimises
   */
  private record Rehearsal(Minimizer minimizer) implements Minimizer {
    @Override
    public Outcome minimize(Tensor point, Objective objective, int evaluations) {
      minimizer.rehearse(point, objective, evaluations);
      return new Outcome(Double.NaN, evaluations, Outcome.Reason.BUDGET_SPENT, "rehearsed");
    }
  }

  /** What the run will take on the current backend, with this net. */
  MemoryForecast with(VggNet net, LayerChoice layers, Start start, int iterations) {
    return MemoryForecast.of(Backends.current(), () -> rehearse(net, layers, start, iterations));
  }

  private void rehearse(VggNet net, LayerChoice layers, Start start, int iterations) {
    try (StyleRun run = new StyleRun(recipe, new Rehearsal(minimizer), progress -> true)) {
      run.load(content, styles, size);
      run.open((_, _) -> net.standIn(), net.pooling());
      run.through(layers, start, iterations, Optional.empty());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}

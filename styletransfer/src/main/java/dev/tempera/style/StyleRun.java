package dev.tempera.style;

import dev.tempera.forecast.MemoryForecast;
import dev.tempera.optim.Minimizer;
import dev.tempera.optim.Objective;
import dev.tempera.optim.Outcome;
import dev.tempera.style.image.Picture;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Pooling;
import dev.tempera.vgg.VggNet;
import dev.tempera.vgg.WeightFamily;
import dev.tempera.weights.FilterNet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run from pictures to a picture: loads, opens the net, goes through the rounds, and watches.
 */
final class StyleRun implements AutoCloseable {
  private final Recipe recipe;
  private final Minimizer minimizer;
  private final Progress.Listener listener;
  private final TensorScope scope = TensorScope.open("style transfer");
  private final long startedAt = System.nanoTime();
  private final List<LossRecord> history = new ArrayList<>();
  private final List<Tensor> styles = new ArrayList<>();
  private @Nullable Tensor content;
  private @Nullable VggNet net;

  StyleRun(Recipe recipe, Minimizer minimizer, Progress.Listener listener) {
    this.recipe = recipe;
    this.minimizer = minimizer;
    this.listener = listener;
  }

  /**
   * Brings the pictures to working size.
   *
   * @param size of the content
   */
  void load(Picture contentPicture, List<Picture> stylePictures, ImageSize size) {
    content = size.resize(PictureTensors.of(contentPicture));
    for (Picture picture : stylePictures) {
      styles.add(sized(PictureTensors.of(picture), size));
    }
  }

  private Tensor sized(Tensor style, ImageSize contentSize) {
    ImageSize own = ImageSize.of(style);
    return own.times(recipe.styleSize().factor(own, contentSize)).resize(style);
  }

  /** Opens the net; it is closed with this. */
  VggNet open(FeatureSource source, Pooling pooling) throws IOException {
    VggNet opened = source.open(Objects.requireNonNull(content), styles).withPooling(pooling);
    net = opened;
    return opened;
  }

  /** The net, once it is open. */
  VggNet net() {
    return Objects.requireNonNull(net);
  }

  private Opening opening(
      VggNet opened, LayerChoice layers, ImageSize size, Optional<MemoryForecast> forecast) {
    boolean learned = opened.family() == WeightFamily.PCA;
    boolean foreign =
        recipe.name().equals(Recipe.GATYS.name()) && opened.family() != WeightFamily.CAFFE;
    return new Opening(
        opened.origin(),
        learned ? Optional.of(FilterNet.ADVICE) : Optional.empty(),
        foreign
            ? Optional.of(
                "the recipe gatys is tuned for the VGG authors' weights (Caffe family); with "
                    + opened.family().description()
                    + " its loss weights are off: use --recipe tempera, or set the weights")
            : Optional.empty(),
        size.toString(),
        layers,
        forecast);
  }

  /**
   * Goes through the rounds.
   *
   * @param forecast of the memory that they will take, if there is one
   */
  StyleResult through(
      LayerChoice layers, Start start, int iterations, Optional<MemoryForecast> forecast) {
    Tensor full = Objects.requireNonNull(content);
    listener.onStart(opening(net(), layers, ImageSize.of(full), forecast));
    List<Round> rounds = Round.plan(recipe.scales(), ImageSize.of(full), iterations);
    Tensor image = null;
    StyleResult.Ending ending = StyleResult.Ending.FINISHED;
    String message = "finished";
    for (Round round : rounds) {
      try (TensorScope scaleScope = TensorScope.open("round")) {
        Tensor scaled = round.size().resize(full);
        Tensor begin = image == null ? start.image(scaled, recipe) : enlarged(image, round.size());
        Watch watch = new Watch(round, rounds, ImageSize.of(full), begin);
        Outcome outcome = optimise(layers, scaled, watch, round.iterations());
        image = scaleScope.keep(watch.best());
        if (watch.isStopped()) {
          ending = StyleResult.Ending.STOPPED;
          message = "stopped at evaluation " + history.size();
          break;
        }
        if (outcome.reason() == Outcome.Reason.NOT_FINITE) {
          ending = StyleResult.Ending.NOT_FINITE;
          message = outcome.message();
          break;
        }
      }
    }
    Picture picture = finished(Objects.requireNonNull(image), ImageSize.of(full));
    return new StyleResult(picture, List.copyOf(history), ending, message);
  }

  private Outcome optimise(LayerChoice layers, Tensor scaled, Watch watch, int evaluations) {
    ImageSize size = ImageSize.of(scaled);
    List<Tensor> scaledStyles = styles.stream().map(style -> sized(style, size)).toList();
    VggNet opened = net();
    StyleTargets targets = StyleTargets.of(opened, recipe, layers, scaled, scaledStyles);
    StyleObjective losses = new StyleObjective(opened, recipe, layers, targets);
    try (TensorScope _ = TensorScope.open("optimisation")) {
      Tensor point = watch.best().add(0);
      return minimizer.minimize(point, watch.over(losses), evaluations);
    } catch (Stopped stopped) {
      return stopped.outcome();
    }
  }

  /** The image of the last round at the size of the next: bicubic, clamped to colours. */
  private Tensor enlarged(Tensor image, ImageSize size) {
    return recipe.domain().fromRgb(size.resize(recipe.domain().toRgb(image).clamp(0, 1)));
  }

  private Picture finished(Tensor image, ImageSize size) {
    try (TensorScope _ = TensorScope.open("picture")) {
      return PictureTensors.toPicture(size.resize(recipe.domain().toRgb(image).clamp(0, 1)));
    }
  }

  @Override
  public void close() {
    scope.close();
    if (net != null) {
      net.close();
    }
  }

  /** Ends an optimisation from inside of it. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super(null, null, false, false);
    }

    Outcome outcome() {
      return new Outcome(Double.NaN, 0, Outcome.Reason.BUDGET_SPENT, "stopped");
    }
  }

  /** Keeps the best image of a round, writes the history, and tells the listener. */
  private final class Watch implements Progress {
    private final Round round;
    private final List<Round> rounds;
    private final ImageSize fullSize;
    private final Tensor best;
    private double bestTotal = Double.POSITIVE_INFINITY;
    private boolean stopped;

    Watch(Round round, List<Round> rounds, ImageSize fullSize, Tensor begin) {
      this.round = round;
      this.rounds = rounds;
      this.fullSize = fullSize;
      this.best = begin.add(0);
    }

    Tensor best() {
      return best;
    }

    boolean isStopped() {
      return stopped;
    }

    Objective over(StyleObjective losses) {
      return point -> {
        StyleObjective.Losses now = losses.at(point);
        if (now.total() < bestTotal) {
          bestTotal = now.total();
          best.assign(point);
        }
        history.add(
            new LossRecord(
                round.number(),
                history.size() + 1,
                now.content(),
                now.style(),
                now.smoothness(),
                now.total(),
                (System.nanoTime() - startedAt) / 1_000_000));
        if (!listener.onEvaluation(this)) {
          stopped = true;
          throw new Stopped();
        }
        return now.evaluation();
      };
    }

    @Override
    public LossRecord losses() {
      return history.getLast();
    }

    @Override
    public int iterations() {
      return rounds.stream().mapToInt(Round::iterations).sum();
    }

    @Override
    public double share() {
      double work = 0;
      double done = 0;
      int before = 0;
      for (Round each : rounds) {
        int inThis = Math.min(Math.max(history.size() - before, 0), each.iterations());
        done += (double) inThis * each.size().pixels();
        work += (double) each.iterations() * each.size().pixels();
        before += each.iterations();
      }
      return done / work;
    }

    @Override
    public int scales() {
      return rounds.size();
    }

    @Override
    public String size() {
      return round.size().toString();
    }

    @Override
    public Picture picture() {
      return finished(best, fullSize);
    }
  }
}

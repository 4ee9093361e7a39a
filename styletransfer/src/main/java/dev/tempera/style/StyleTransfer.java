package dev.tempera.style;

import dev.tempera.data.ByteCount;
import dev.tempera.forecast.MemoryForecast;
import dev.tempera.optim.Minimizer;
import dev.tempera.style.image.Picture;
import dev.tempera.tensor.Tensor;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Pooling;
import dev.tempera.vgg.VggNet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Paints a content picture in the style of others (Gatys, Ecker and Bethge, "Image style transfer
 * using convolutional neural networks", 2016): moves an image until its features are those of the
 * content and their statistics those of the style.
 *
 * <pre>{@code
 * StyleResult result =
 *     StyleTransfer.builder()
 *         .content(ImageIO.read(new File("photo.jpg")))
 *         .style(ImageIO.read(new File("painting.jpg")))
 *         .size(512)
 *         .run();
 * ImageIO.write(result.picture().toBufferedImage(), "png", new File("out.png"));
 * }</pre>
 */
public final class StyleTransfer {
  /** The longest side when none is asked for; smaller contents stay as they are. */
  public static final int USUAL_SIZE = 512;

  /** No side of a picture may be shorter. */
  public static final int SMALLEST_SIDE = 4;

  /** No side of a result may be longer. */
  public static final int LARGEST_SIDE = 8192;

  private final Builder settings;

  private StyleTransfer(Builder settings) {
    this.settings = settings;
  }

  /**
   * Settings to begin with: recipe {@link Recipe#TEMPERA}, filters learned from the pictures, seed
   * 0.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what a run needs. */
  public static final class Builder {
    private @Nullable Picture content;
    private final List<Picture> styles = new ArrayList<>();
    private FeatureSource features = FeatureSource.ofPictures();
    private Recipe recipe = Recipe.TEMPERA;
    private Optimizer optimizer = Optimizer.LBFGS;
    private Start start = Start.content();
    private Pooling pooling = Pooling.MAX;
    private List<Layer> styleLayers = List.of();
    private List<Layer> contentLayers = List.of();
    private int size;
    private int iterations;
    private OptionalLong memoryLimit = OptionalLong.empty();
    private Progress.Listener listener = progress -> true;

    private Builder() {}

    /** The picture whose things are kept. */
    public Builder content(Picture picture) {
      content = picture;
      return this;
    }

    /** The picture whose things are kept. */
    public Builder content(BufferedImage image) {
      return content(Picture.of(image));
    }

    /**
     * The picture whose things are kept.
     *
     * @param rgb (1, 3, H, W), RGB in [0, 1]; copied
     */
    public Builder content(Tensor rgb) {
      return content(PictureTensors.toPicture(rgb));
    }

    /** A picture whose look is taken; may be called several times, statistics are averaged. */
    public Builder style(Picture picture) {
      styles.add(picture);
      return this;
    }

    /** A picture whose look is taken; may be called several times, statistics are averaged. */
    public Builder style(BufferedImage image) {
      return style(Picture.of(image));
    }

    /**
     * A picture whose look is taken; may be called several times, statistics are averaged.
     *
     * @param rgb (1, 3, H, W), RGB in [0, 1]; copied
     */
    public Builder style(Tensor rgb) {
      return style(PictureTensors.toPicture(rgb));
    }

    /** Where features come from; filters learned from the pictures if not called. */
    public Builder features(FeatureSource source) {
      features = source;
      return this;
    }

    /** Losses, weights and scales. */
    public Builder recipe(Recipe other) {
      recipe = other;
      return this;
    }

    /** How the image is moved; L-BFGS if not called. */
    public Builder optimizer(Optimizer other) {
      optimizer = other;
      return this;
    }

    /** How the net shrinks its feature maps; by maximum if not called. */
    public Builder pooling(Pooling other) {
      pooling = other;
      return this;
    }

    /** What the optimisation starts from; the content if not called. */
    public Builder start(Start other) {
      start = other;
      return this;
    }

    /** Layers at which style is taken; the net's usual ones if not called. */
    public Builder styleLayers(List<Layer> layers) {
      styleLayers = List.copyOf(layers);
      return this;
    }

    /** Layers at which content is taken; the net's usual ones if not called. */
    public Builder contentLayers(List<Layer> layers) {
      contentLayers = List.copyOf(layers);
      return this;
    }

    /**
     * The longest side of the result in pixels. If not called, {@link #USUAL_SIZE}, or the
     * content's own if that is smaller.
     */
    public Builder size(int longestSide) {
      if (longestSide < SMALLEST_SIDE || longestSide > LARGEST_SIDE) {
        throw new StyleTransferException(
            "size is "
                + longestSide
                + "; it lies between "
                + SMALLEST_SIDE
                + " and "
                + LARGEST_SIDE
                + " pixels");
      }
      size = longestSide;
      return this;
    }

    /**
     * How often the losses are evaluated, all rounds together; the recipe's number if not called.
     */
    public Builder iterations(int count) {
      if (count < 1) {
        throw new StyleTransferException("iterations is " + count + "; at least 1 is needed");
      }
      iterations = count;
      return this;
    }

    /**
     * The most bytes of memory, beside Java's heap, that a run may take; any if not called. Before
     * it begins, a run that would take more is refused.
     */
    public Builder memoryLimit(long bytes) {
      memoryLimit = OptionalLong.of(bytes);
      return this;
    }

    /** Is told of each evaluation, and may end the run. */
    public Builder listener(Progress.Listener other) {
      listener = other;
      return this;
    }

    /**
     * Runs.
     *
     * @throws StyleTransferException if something is missing or does not fit
     * @throws IOException if weights cannot be read
     */
    public StyleResult run() throws IOException {
      return new StyleTransfer(this).run();
    }

    /**
     * Finds out what a run would take of the current backend's memory: opens the net, but computes
     * no picture.
     *
     * @throws StyleTransferException if something is missing or does not fit
     * @throws IOException if weights cannot be read
     */
    public MemoryForecast forecast() throws IOException {
      return new StyleTransfer(this).forecast();
    }
  }

  private StyleResult run() throws IOException {
    ImageSize size = requireSize();
    try (StyleRun run = opened(size)) {
      Optional<MemoryForecast> forecast =
          settings.memoryLimit.isEmpty() ? Optional.empty() : Optional.of(forecast(run, size));
      forecast.ifPresent(this::requireMemory);
      return run.through(layers(run.net()), settings.start, iterations(), forecast);
    }
  }

  private MemoryForecast forecast() throws IOException {
    ImageSize size = requireSize();
    try (StyleRun run = opened(size)) {
      return forecast(run, size);
    }
  }

  private MemoryForecast forecast(StyleRun run, ImageSize size) {
    VggNet net = run.net();
    return new StyleForecast(settings.recipe, minimizer(), content(), settings.styles, size)
        .with(net, layers(net), settings.start, iterations());
  }

  private void requireMemory(MemoryForecast forecast) {
    long limit = settings.memoryLimit.orElse(Long.MAX_VALUE);
    if (forecast.reservedBytes() > limit) {
      throw new StyleTransferException(
          "the run would take "
              + ByteCount.text(forecast.reservedBytes())
              + " of memory, more than the "
              + ByteCount.text(limit)
              + " it may take; use a smaller size, or allow more (--memory)");
    }
  }

  /** A run whose pictures are loaded and whose net is open. */
  private StyleRun opened(ImageSize size) throws IOException {
    StyleRun run = new StyleRun(settings.recipe, minimizer(), settings.listener);
    try {
      run.load(content(), settings.styles, size);
      requireLayers(run.open(settings.features, settings.pooling));
      return run;
    } catch (IOException | RuntimeException | Error failure) {
      run.close();
      throw failure;
    }
  }

  private Minimizer minimizer() {
    return settings.optimizer.minimizer(settings.recipe);
  }

  private int iterations() {
    return settings.iterations > 0 ? settings.iterations : settings.recipe.iterations();
  }

  private LayerChoice layers(VggNet net) {
    return LayerChoice.usual(net)
        .withStyle(settings.styleLayers)
        .withContent(settings.contentLayers);
  }

  private Picture content() {
    return Objects.requireNonNull(settings.content);
  }

  /** The size of the content in this run. */
  private ImageSize requireSize() {
    Picture content = settings.content;
    if (content == null || settings.styles.isEmpty()) {
      throw new StyleTransferException("a content picture and at least one style are needed");
    }
    requireSize("content", content);
    settings.styles.forEach(style -> requireSize("style", style));
    int longest = Math.max(content.width(), content.height());
    int target = settings.size > 0 ? settings.size : Math.min(USUAL_SIZE, longest);
    ImageSize size =
        new ImageSize(content.height(), content.width()).times((double) target / longest);
    if (size.shortest() < SMALLEST_SIDE) {
      throw new StyleTransferException(
          "at size "
              + target
              + " the content would be "
              + size
              + " pixels; at least "
              + SMALLEST_SIDE
              + "×"
              + SMALLEST_SIDE
              + " are needed");
    }
    return size;
  }

  private static void requireSize(String role, Picture picture) {
    if (Math.min(picture.width(), picture.height()) < SMALLEST_SIDE) {
      throw new StyleTransferException(
          "the "
              + role
              + " picture is "
              + picture.width()
              + "×"
              + picture.height()
              + " pixels; at least "
              + SMALLEST_SIDE
              + "×"
              + SMALLEST_SIDE
              + " are needed");
    }
  }

  private void requireLayers(VggNet net) {
    Set<Layer> missing = new TreeSet<>(layers(net).all());
    net.description().layers().forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new StyleTransferException(
          "these weights have no layer "
              + missing.iterator().next()
              + "; they have "
              + net.description().layers().get(0)
              + " to "
              + net.description().deepest());
    }
  }
}

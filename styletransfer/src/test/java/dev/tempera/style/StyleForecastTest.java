package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tempera.backend.Backends;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.forecast.MemoryForecast;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Pooling;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forecasts of style transfer against what runs really take of the CPU backend's memory. */
class StyleForecastTest {
  private static final int PERCENT = 10;

  @Test
  void aStepOnVgg19At256Pixels() throws IOException {
    requireForecast(vgg19(256).iterations(2));
  }

  @Test
  @Tag("slow")
  void aStepOnVgg19At512Pixels() throws IOException {
    requireForecast(vgg19(512).iterations(2));
  }

  @Test
  @Tag("slow")
  void aRunOnVgg19FillsItsHistory() throws IOException {
    requireForecast(vgg19(128).iterations(16));
  }

  @ParameterizedTest
  @EnumSource
  void everyOptimizerInAllRounds(Optimizer optimizer) throws IOException {
    requireForecast(
        StyleTransfer.builder()
            .content(TestPictures.scene(160, 128))
            .style(TestPictures.stripes(120, 130))
            .features(FeatureSource.deadLeaves())
            .optimizer(optimizer)
            .pooling(Pooling.AVERAGE)
            .iterations(40));
  }

  @Test
  void aRunThatWouldTakeTooMuchIsRefused() {
    StyleTransfer.Builder transfer =
        StyleTransfer.builder()
            .content(TestPictures.scene(64, 64))
            .style(TestPictures.stripes(64, 64))
            .features(FeatureSource.deadLeaves())
            .memoryLimit(100_000);
    assertThatThrownBy(transfer::run)
        .isInstanceOf(StyleTransferException.class)
        .hasMessageMatching(
            "the run would take \\S+ MiB of memory, more than the 97.7 KiB it may take;"
                + " use a smaller size, or allow more \\(--memory\\)");
  }

  @Test
  void aRunWithALimitTellsTheForecast() throws IOException {
    List<Opening> openings = new ArrayList<>();
    StyleTransfer.Builder transfer =
        StyleTransfer.builder()
            .content(TestPictures.scene(64, 64))
            .style(TestPictures.stripes(64, 64))
            .features(FeatureSource.deadLeaves())
            .iterations(3)
            .listener(
                new Progress.Listener() {
                  @Override
                  public void onStart(Opening opening) {
                    openings.add(opening);
                  }

                  @Override
                  public boolean onEvaluation(Progress progress) {
                    return true;
                  }
                });
    MemoryForecast forecast = transfer.forecast();
    assertThat(openings).isEmpty();
    transfer.run();
    transfer.memoryLimit(1L << 32).run();
    assertThat(openings.get(0).forecast()).isEmpty();
    assertThat(openings.get(1).forecast()).hasValue(forecast);
  }

  private static StyleTransfer.Builder vgg19(int side) {
    Vgg vgg = Vgg.VGG19.until(Layer.relu(5, 1));
    return StyleTransfer.builder()
        .content(TestPictures.scene(side, side))
        .style(TestPictures.stripes(side, side))
        .features((content, styles) -> VggNet.random(vgg, 3))
        .recipe(Recipe.TEMPERA.withScales(List.of(new Scale(1, 1))));
  }

  private static void requireForecast(StyleTransfer.Builder transfer) throws IOException {
    MemoryForecast forecast;
    MemoryStatistics taken;
    try (CpuBackend backend = new CpuBackend(new CpuOptions(2));
        Backends.Choice _ = Backends.use(backend)) {
      transfer.run();
      taken = backend.memory();
    }
    try (CpuBackend backend = new CpuBackend(new CpuOptions(2));
        Backends.Choice _ = Backends.use(backend)) {
      forecast = transfer.forecast();
    }
    assertThat(forecast.peakBytes()).isCloseTo(taken.peak(), withinPercentage(PERCENT));
    assertThat(forecast.reservedBytes()).isCloseTo(taken.reserved(), withinPercentage(PERCENT));
  }
}

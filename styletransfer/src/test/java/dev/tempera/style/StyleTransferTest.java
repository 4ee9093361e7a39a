package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.style.image.Picture;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StyleTransferTest {
  private static StyleTransfer.Builder small() {
    return StyleTransfer.builder()
        .content(TestPictures.scene(56, 40))
        .style(TestPictures.stripes(48, 48))
        .iterations(24);
  }

  @Test
  void theLossFallsAndThePictureKeepsItsSize() throws IOException {
    StyleResult result = small().run();
    List<LossRecord> history = result.history();
    assertThat(result.ending()).isEqualTo(StyleResult.Ending.FINISHED);
    assertThat(result.picture().width()).isEqualTo(56);
    assertThat(result.picture().height()).isEqualTo(40);
    assertThat(history).hasSize(24);
    assertThat(history.getLast().total()).isLessThan(0.8 * history.getFirst().total());
    assertThat(history)
        .allSatisfy(
            losses ->
                assertThat(losses.total())
                    .isEqualTo(losses.content() + losses.style() + losses.totalVariation()));
  }

  @Test
  void theSameSeedGivesTheSamePictureOnAnyNumberOfThreads() throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (int threads : new int[] {1, 4, 1}) {
      try (Backends.Choice _ = Backends.use(new CpuBackend(new CpuOptions(threads)))) {
        pictures.add(small().start(Start.noise(7)).run().picture());
      }
    }
    assertThat(pictures.get(1)).isEqualTo(pictures.get(0));
    assertThat(pictures.get(2)).isEqualTo(pictures.get(0));
  }

  @Test
  void everythingIsGivenBackAfterARun() throws IOException {
    small().run();
    long live = Backends.current().memory().live();
    small().run();
    assertThat(Backends.current().memory().live()).isEqualTo(live);
  }

  @ParameterizedTest
  @EnumSource
  void everyOptimizerLowersTheLoss(Optimizer optimizer) throws IOException {
    List<LossRecord> history =
        small().optimizer(optimizer).features(FeatureSource.deadLeaves()).run().history();
    LossRecord last = history.getLast();
    LossRecord firstOfRound =
        history.stream().filter(losses -> losses.scale() == last.scale()).findFirst().orElseThrow();
    assertThat(last.total()).isLessThan(firstOfRound.total());
  }

  @Test
  void theGatysRecipeRunsOnAVggShapedNet() throws IOException {
    Vgg narrow =
        new Vgg(
            List.of(List.of(8, 8), List.of(8, 8), List.of(8, 8, 8, 8), List.of(8, 8)),
            Vgg.VGG19.padding(),
            false,
            Vgg.VGG19.preprocessing(),
            false);
    List<Opening> openings = new ArrayList<>();
    StyleResult result =
        small()
            .recipe(Recipe.GATYS)
            .features((content, styles) -> VggNet.random(narrow, 1))
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
                })
            .run();
    assertThat(result.history().getLast().total()).isLessThan(result.history().getFirst().total());
    assertThat(openings.get(0).warning()).get().asString().contains("Caffe family");
    assertThat(openings.get(0).layers().content()).containsExactly(Layer.parse("relu4_2"));
  }

  @ParameterizedTest
  @CsvSource({"flat, flat", "flat, stripes", "scene, flat"})
  void flatPicturesGiveAPicture(String content, String style) throws IOException {
    StyleResult result =
        StyleTransfer.builder().content(named(content)).style(named(style)).iterations(9).run();
    assertThat(result.ending()).isEqualTo(StyleResult.Ending.FINISHED);
  }

  private static Picture named(String name) {
    return switch (name) {
      case "flat" -> TestPictures.flat(40, 32, 0.4);
      case "stripes" -> TestPictures.stripes(40, 32);
      default -> TestPictures.scene(40, 32);
    };
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "5, 90", "13, 7"})
  void tinyPicturesGiveAPicture(int width, int height) throws IOException {
    for (Picture style : List.of(TestPictures.stripes(4, 5), TestPictures.stripes(64, 64))) {
      StyleResult result =
          StyleTransfer.builder()
              .content(TestPictures.scene(width, height))
              .style(style)
              .iterations(6)
              .run();
      assertThat(result.picture().width()).isEqualTo(width);
      assertThat(result.picture().height()).isEqualTo(height);
    }
  }

  @Test
  void aListenerCanStopARunAndGetsTheBestPicture() throws IOException {
    List<Picture> seen = new ArrayList<>();
    StyleResult result =
        small()
            .listener(
                progress -> {
                  seen.add(progress.picture());
                  return progress.losses().iteration() < 5;
                })
            .run();
    assertThat(result.ending()).isEqualTo(StyleResult.Ending.STOPPED);
    assertThat(result.history()).hasSize(5);
    assertThat(result.picture()).isEqualTo(seen.getLast());
    assertThat(result.picture().width()).isEqualTo(56);
  }

  @Test
  void tensorsAreTakenAsPictures() throws IOException {
    Picture content = TestPictures.scene(56, 40);
    Picture style = TestPictures.stripes(48, 48);
    try (TensorScope _ = TensorScope.open("pictures")) {
      StyleResult result =
          StyleTransfer.builder()
              .content(PictureTensors.of(content))
              .style(PictureTensors.of(style))
              .iterations(24)
              .run();
      assertThat(result.picture()).isEqualTo(small().run().picture());
    }
  }

  @Test
  void severalStylesAreBlended() throws IOException {
    StyleResult one = small().run();
    StyleResult two = small().style(TestPictures.scene(30, 60)).run();
    assertThat(two.picture()).isNotEqualTo(one.picture());
  }

  @Test
  void theSizeIsThatOfTheLongestSide() throws IOException {
    Picture larger = small().size(80).iterations(3).run().picture();
    assertThat(larger.width()).isEqualTo(80);
    assertThat(larger.height()).isEqualTo(57);
  }

  @Test
  void aMissingLayerIsNamed() {
    assertThatThrownBy(() -> small().styleLayers(List.of(Layer.parse("relu5_1"))).run())
        .isInstanceOf(StyleTransferException.class)
        .hasMessageContaining("no layer relu5_1")
        .hasMessageContaining("relu4_1");
  }

  @Test
  void aStripThatWouldVanishIsRefused() {
    assertThatThrownBy(() -> small().content(TestPictures.scene(1000, 5)).size(64).run())
        .isInstanceOf(StyleTransferException.class)
        .hasMessageContaining("at size 64 the content would be 64×1 pixels");
  }

  @Test
  void thinStylesGiveAPicture() throws IOException {
    Recipe smooth = Recipe.TEMPERA.withWeights(1, 6, 1);
    StyleResult result = small().style(TestPictures.stripes(400, 4)).recipe(smooth).run();
    assertThat(result.ending()).isEqualTo(StyleResult.Ending.FINISHED);
  }

  @Test
  void onePixelIsTooSmall() {
    assertThatThrownBy(() -> small().content(TestPictures.scene(1, 1)).run())
        .isInstanceOf(StyleTransferException.class)
        .hasMessage("the content picture is 1×1 pixels; at least 4×4 are needed");
  }
}

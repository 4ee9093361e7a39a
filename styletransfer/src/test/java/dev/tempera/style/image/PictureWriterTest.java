package dev.tempera.style.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.icc.IccDirectory;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureWriterTest {
  private static final PictureWriter WRITER = PictureWriter.standard();

  @TempDir Path folder;

  private static Picture deepNoise(int width, int height, long seed) {
    int[] samples = TestImages.deepSamples(3 * width * height, seed);
    return Picture.of(
        TestImages.ofComponents(
            ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, width, height, samples));
  }

  private static Picture translucent() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, (i << 24) | (i * 12345 & 0xFFFFFF));
    }
    return Picture.of(image);
  }

  @ParameterizedTest
  @CsvSource({"8, a.png", "16, a.png", "8, a.tif", "16, a.TIFF", "8, a.b.PNG"})
  void givesBackTheSamplesOfALosslessFormat(int bitDepth, String name) {
    Picture picture =
        bitDepth == 8 ? Picture.of(TestImages.noise(37, 21, 1)) : deepNoise(37, 21, 2);
    Path file = folder.resolve(name);

    WRITER.withBitDepth(bitDepth).write(picture, file);

    assertThat(PictureReader.read(file)).isEqualTo(picture);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.tif"})
  void keepsAlphaAndTheLookOverWhite(String name) {
    Picture picture = translucent();
    Path file = folder.resolve(name);

    WRITER.withBitDepth(16).write(picture, file);

    Picture back = PictureReader.read(file);
    assertThat(back.alpha()).isEqualTo(picture.alpha());
    for (int i = 0; i < picture.rgb().capacity(); i++) {
      assertThat(back.rgb().get(i)).isCloseTo(picture.rgb().get(i), within(1 / 65535f));
    }
  }

  @Test
  void writesPngThatThePlatformReadsTheSame() throws IOException {
    BufferedImage image = TestImages.gradient(50, 40);
    Path file = folder.resolve("a.png");

    WRITER.write(Picture.of(image), file);

    assertThat(ImageIO.read(file.toFile()).getRGB(0, 0, 50, 40, null, 0, 50))
        .isEqualTo(image.getRGB(0, 0, 50, 40, null, 0, 50));
  }

  @Test
  void writesJpegCloseToThePictureAndBetterWithMoreQuality() {
    Picture picture = Picture.of(TestImages.gradient(64, 64));
    Path fine = folder.resolve("fine.jpg");
    Path coarse = folder.resolve("coarse.jpeg");

    WRITER.write(picture, fine);
    WRITER.withQuality(0.3f).write(picture, coarse);

    assertThat(meanError(PictureReader.read(fine), picture)).isLessThan(1);
    assertThat(meanError(PictureReader.read(coarse), picture))
        .isGreaterThan(meanError(PictureReader.read(fine), picture));
  }

  @Test
  void writesJpegAsItShowsOverWhite() {
    Picture picture = Picture.of(16, 16, filled(3 * 256, 0.75f), filled(256, 0.5f));
    Path file = folder.resolve("a.jpg");

    WRITER.write(picture, file);

    Picture back = PictureReader.read(file);
    assertThat(back.alpha()).isEmpty();
    assertThat(back.sample(0, 8, 8)).isCloseTo(0.75f, within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.tif"})
  void embedsTheSrgbProfile(String name) throws Exception {
    Path file = folder.resolve(name);

    WRITER.write(Picture.of(TestImages.noise(8, 8, 3)), file);

    Metadata metadata = ImageMetadataReader.readMetadata(file.toFile());
    IccDirectory profile = metadata.getFirstDirectoryOfType(IccDirectory.class);
    assertThat(profile).isNotNull();
    assertThat(profile.getString(IccDirectory.TAG_COLOR_SPACE)).isEqualTo("RGB ");
    assertThat(descriptions(metadata)).anyMatch(tag -> tag.contains("sRGB"));
  }

  @Test
  void keepsTheFullColorResolutionInJpeg() throws Exception {
    Path file = folder.resolve("a.jpg");

    WRITER.write(Picture.of(TestImages.noise(8, 8, 4)), file);

    assertThat(descriptions(ImageMetadataReader.readMetadata(file.toFile())))
        .filteredOn(tag -> tag.contains("Sampling factors"))
        .hasSize(3)
        .allMatch(tag -> tag.contains("1 horiz/1 vert"));
  }

  @Test
  void writesTextsIntoPng() throws Exception {
    Path file = folder.resolve("a.png");

    WRITER
        .withText("Title", "A lake, étude")
        .withText("Settings", "β = 6\nseed 7")
        .write(Picture.of(TestImages.noise(8, 8, 5)), file);

    List<String> texts = descriptions(ImageMetadataReader.readMetadata(file.toFile()));
    assertThat(texts)
        .anyMatch(text -> text.contains("Title: A lake, étude"))
        .anyMatch(text -> text.contains("Settings: β = 6\nseed 7"));
    assertThat(PictureReader.read(file).width()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif"})
  void givesTheSameBytesEveryTime(String extension) throws IOException {
    Picture picture = Picture.of(TestImages.noise(40, 40, 6));
    Path first = folder.resolve("first." + extension);
    Path second = folder.resolve("second." + extension);

    WRITER.withText("Title", "twice").write(picture, first);
    WRITER.withText("Title", "twice").write(picture, second);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void filtersRowsSoThatSmoothPicturesBecomeSmall() throws IOException {
    Path file = folder.resolve("a.png");

    WRITER.write(Picture.of(TestImages.gradient(200, 200)), file);

    assertThat(Files.size(file)).isLessThan(200 * 200 * 3 / 20);
  }

  @Test
  void refusesSettingsOutsideTheirRange() {
    assertThatThrownBy(() -> WRITER.withBitDepth(12))
        .hasMessage("picture: a sample has 8 or 16 bits, not 12");
    assertThatThrownBy(() -> WRITER.withQuality(0))
        .hasMessage("picture: JPEG quality is above 0 and at most 1, not 0.0");
    assertThatThrownBy(() -> WRITER.withQuality(Float.NaN)).isInstanceOf(PictureException.class);
    assertThatThrownBy(() -> new PictureWriter(8, 1, Map.of("β", "6")))
        .hasMessageContaining("printable Latin-1 characters, not \"β\"");
    assertThatThrownBy(() -> WRITER.withText(" Title", "")).isInstanceOf(PictureException.class);
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  private static double meanError(Picture actual, Picture expected) {
    double sum = 0;
    int count = expected.rgb().capacity();
    for (int i = 0; i < count; i++) {
      sum += Math.abs(actual.rgb().get(i) - expected.rgb().get(i)) * 255;
    }
    return sum / count;
  }

  private static List<String> descriptions(Metadata metadata) {
    List<String> descriptions = new ArrayList<>();
    for (Directory directory : metadata.getDirectories()) {
      for (Tag tag : directory.getTags()) {
        descriptions.add(String.valueOf(tag.getDescription()));
      }
    }
    return descriptions;
  }
}

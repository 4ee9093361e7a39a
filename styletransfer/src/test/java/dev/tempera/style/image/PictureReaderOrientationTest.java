package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureReaderOrientationTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  /** The stored image: its quarters, row by row, are red, green, blue and white. */
  private static final List<Integer> QUARTERS = List.of(0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF);

  @TempDir Path folder;

  /**
   * The upright quarters, row by row, for each value of the tag. The Exif standard names the visual
   * side at which row 0 and column 0 of the stored image lie: 6, for one, is right and top.
   */
  @ParameterizedTest
  @CsvSource({
    "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB"
  })
  void turnsJpegUpright(int orientation, String quarters) throws IOException {
    byte[] exif = TestImages.exifOrientation(orientation);
    byte[] segment =
        ByteBuffer.allocate(6 + exif.length).put("Exif\0\0".getBytes(ISO_8859_1)).put(exif).array();
    byte[] jpeg = TestImages.withJpegSegment(TestImages.encode(stored(), "jpg"), 0xE1, segment);

    Picture picture = PictureReader.read(TestImages.save(folder, "photo.jpg", jpeg));

    assertUpright(picture, orientation, quarters);
  }

  @ParameterizedTest
  @CsvSource({"3, WBGR", "6, BRWG", "8, GWRB"})
  void turnsPngUpright(int orientation, String quarters) throws IOException {
    byte[] png =
        TestImages.withPngChunk(
            TestImages.encode(stored(), "png"), "eXIf", TestImages.exifOrientation(orientation));

    Picture picture = PictureReader.read(TestImages.save(folder, "scan.png", png));

    assertUpright(picture, orientation, quarters);
  }

  @Test
  void ignoresOrientationsThatTheStandardDoesNotKnow() throws IOException {
    byte[] png =
        TestImages.withPngChunk(
            TestImages.encode(stored(), "png"), "eXIf", TestImages.exifOrientation(9));

    Picture picture = PictureReader.read(TestImages.save(folder, "odd.png", png));

    assertUpright(picture, 1, "RGBW");
  }

  private static BufferedImage stored() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, QUARTERS.get(2 * (2 * y / HEIGHT) + 2 * x / WIDTH));
      }
    }
    return image;
  }

  private static void assertUpright(Picture picture, int orientation, String quarters) {
    assertThat(picture.width()).isEqualTo(orientation < 5 ? WIDTH : HEIGHT);
    assertThat(picture.height()).isEqualTo(orientation < 5 ? HEIGHT : WIDTH);
    for (int quarter = 0; quarter < 4; quarter++) {
      int color = QUARTERS.get("RGBW".indexOf(quarters.charAt(quarter)));
      int row = picture.height() / 4 + quarter / 2 * picture.height() / 2;
      int column = picture.width() / 4 + quarter % 2 * picture.width() / 2;
      for (int channel = 0; channel < 3; channel++) {
        assertThat(picture.sample(channel, row, column))
            .as("quarter %d, channel %d", quarter, channel)
            .isCloseTo(((color >> (16 - 8 * channel)) & 0xFF) / 255f, within(0.05f));
      }
    }
  }
}

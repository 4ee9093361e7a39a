package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderErrorTest {
  @TempDir Path folder;

  private AbstractThrowableAssert<?, ?> assertRefused(Path file) {
    return assertThatThrownBy(() -> PictureReader.read(file))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageNotContainingAny("\n", "null");
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String name, byte[] bytes)
      throws IOException {
    return assertRefused(TestImages.save(folder, name, bytes));
  }

  private byte[] resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertRefused(folder.resolve("absent.png")).hasMessageEndingWith(": no such file");
  }

  @Test
  void saysThatItIsADirectory() {
    assertRefused(folder).hasMessageEndingWith(": is a directory, not a picture");
  }

  @Test
  void saysThatTheFileIsEmpty() throws IOException {
    assertRefused("empty.png", new byte[0]).hasMessageEndingWith(": is empty (0 bytes)");
  }

  @Test
  void showsHowAFileBeginsThatIsNotAPicture() throws IOException {
    assertRefused("notes.jpg", "Dear reader,\nhello".getBytes(UTF_8))
        .hasMessageEndingWith(
            "notes.jpg: is not a picture that can be read (begins with \"Dear reader,\","
                + " bytes 44 65 61 72 20 72 65 61 64 65 72 2c);"
                + " PNG, JPEG, TIFF, WebP, GIF and BMP can");
    assertRefused("short", new byte[] {'B', 'M'}).hasMessageContaining("begins with \"BM\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'\0\0\0\u0018ftypheic\0\0\0\0', a HEIC picture cannot be read",
    "'\0\0\0\u0018ftypavif\0\0\0\0', an AVIF picture cannot be read",
    "'%PDF-1.7', a PDF document cannot be read",
    "'<?xml version=\"1.0\"?><svg/>', a drawing or text in XML cannot be read",
    "'8BPS\0\1', a Photoshop document cannot be read"
  })
  void namesFormatsThatPeopleTry(String head, String expected) throws IOException {
    assertRefused("photo", head.getBytes(ISO_8859_1)).hasMessageContaining(": is " + expected);
  }

  @Test
  void refusesAHeaderThatClaimsTooManyPixelsWithoutDecodingThem() throws IOException {
    byte[] header =
        ByteBuffer.allocate(13).putInt(30000).putInt(30000).put(new byte[] {8, 2, 0, 0, 0}).array();
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
    bomb.write(TestImages.pngChunk("IHDR", header));
    bomb.write(TestImages.pngChunk("IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1}));
    bomb.write(TestImages.pngChunk("IEND", new byte[0]));

    assertRefused("bomb.png", bomb.toByteArray())
        .hasMessageEndingWith(
            "30000×30000 is 900.0 megapixels, more than the limit of 100.0"
                + " (set with -Dtempera.maxPixels=)");
  }

  @Test
  void takesItsLimitsFromTheCaller() throws IOException {
    Path file =
        TestImages.save(folder, "small.png", TestImages.encode(TestImages.noise(40, 30, 1), "png"));

    assertThatThrownBy(() -> PictureReader.read(file, new PictureLimits(1199, 1 << 20)))
        .hasMessageContaining("40×30 is 0.0 megapixels");
    assertThatThrownBy(() -> PictureReader.read(file, new PictureLimits(1200, 100)))
        .hasMessageContaining("more than the limit of 100 (set with -Dtempera.maxPictureBytes=)");
    assertThat(PictureReader.read(file, new PictureLimits(1200, 1 << 20)).width()).isEqualTo(40);
  }

  @Test
  void takesItsStandardLimitsFromTheSystemProperties() {
    assertThat(PictureLimits.standard()).isEqualTo(new PictureLimits(100_000_000, 512L << 20));
    System.setProperty(PictureLimits.PIXELS_PROPERTY, "5");
    try {
      assertThat(PictureLimits.standard().pixels()).isEqualTo(5);
    } finally {
      System.clearProperty(PictureLimits.PIXELS_PROPERTY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
  void refusesFilesThatAreCutShort(String format) throws IOException {
    byte[] whole = TestImages.encode(TestImages.noise(64, 64, 9), format);

    for (int percent : new int[] {2, 20, 50, 90}) {
      byte[] part = Arrays.copyOf(whole, Math.max(18, whole.length * percent / 100));
      assertRefused("cut-" + percent, part).hasMessageContaining("damaged or cut short");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossy.webp", "alpha.webp"})
  void refusesWebpThatIsCutShort(String name) throws IOException {
    byte[] whole = resource(name);

    assertRefused(name, Arrays.copyOf(whole, whole.length - 8))
        .hasMessageContaining("damaged or cut short WebP file of " + (whole.length - 8));
  }

  @Test
  void givesUpSoonOnWebpThatClaimsMoreRowsThanItHas() throws IOException {
    byte[] file = resource("lossless.webp");
    int sides = 21; // after the headers of file and chunk and the lossless format's signature byte
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(sides, 7 | (9_000 << 14)); // width − 1 and height − 1, 14 bits each

    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertRefused("tall.webp", file).hasMessageContaining("it ends before the picture"));
  }

  @Test
  void namesTheByteWhereAPngBreaks() throws IOException {
    byte[] whole = TestImages.encode(TestImages.noise(64, 64, 9), "png");
    byte[] wrong = whole.clone();
    wrong[500] ^= 1;

    assertRefused("cut.png", Arrays.copyOf(whole, 600))
        .hasMessageEndingWith(
            "damaged or cut short PNG file of 600 bytes:"
                + " it ends in the middle of the chunk that begins at byte 33");
    assertRefused("wrong.png", wrong)
        .hasMessageEndingWith("the checksum of chunk IDAT at byte 33 is wrong");
  }

  @Test
  void refusesAnImageWithoutPixels() throws IOException {
    byte[] header = ByteBuffer.allocate(13).put(8, (byte) 8).put(9, (byte) 2).array();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
    png.write(TestImages.pngChunk("IHDR", header));
    png.write(TestImages.pngChunk("IEND", new byte[0]));

    assertRefused("nothing.png", png.toByteArray()).hasMessageContaining("damaged");
  }

  @Test
  void readsAnythingOrRefusesItButNeverFailsOtherwise() throws IOException {
    BufferedImage image = TestImages.gradient(40, 30);
    Random random = new Random(10);
    for (String format : new String[] {"png", "jpg", "gif", "bmp", "tiff"}) {
      byte[] whole = TestImages.encode(image, format);
      for (int trial = 0; trial < 60; trial++) {
        byte[] damaged = whole.clone();
        for (int flips = 0; flips < 3; flips++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        Path file = TestImages.save(folder, "damaged." + format, damaged);
        try {
          assertThat(PictureReader.read(file, new PictureLimits(10_000_000, 1 << 20))).isNotNull();
        } catch (PictureException refusal) {
          assertThat(refusal.getMessage()).startsWith(file + ": ").doesNotContain("\n");
        }
      }
    }
  }
}

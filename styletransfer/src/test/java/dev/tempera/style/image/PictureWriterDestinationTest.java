package dev.tempera.style.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureWriterDestinationTest {
  private static final PictureWriter WRITER = PictureWriter.standard();
  private static final Picture PICTURE = Picture.of(TestImages.noise(9, 7, 1));
  private static final Picture BROKEN =
      Picture.of(1, 1, new float[] {Float.NaN, Float.NaN, Float.NaN});

  @TempDir Path folder;

  private void assertRefused(Path file, String problem) {
    assertThatThrownBy(() -> WRITER.checkWritable(file))
        .isInstanceOf(PictureException.class)
        .hasMessage(file + ": " + problem);
    assertThatThrownBy(() -> WRITER.write(PICTURE, file))
        .isInstanceOf(PictureException.class)
        .hasMessage(file + ": " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.gif", "a", "png", "a.png.", "a.webp"})
  void refusesExtensionsThatItCannotWrite(String name) {
    assertRefused(folder.resolve(name), "end the name in .png, .jpg, .jpeg, .tif or .tiff");
  }

  @Test
  void refusesAFolderThatIsMissing() {
    assertRefused(
        folder.resolve("no/such/a.png"), "there is no folder " + folder.resolve("no/such"));
  }

  @Test
  void refusesAFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertRefused(file.resolve("a.png"), file + " is not a folder");
  }

  @Test
  void refusesADirectory() throws IOException {
    assertRefused(
        Files.createDirectory(folder.resolve("a.png")),
        "is a directory; name a file to write the picture to");
  }

  @Test
  void refusesSixteenBitsInJpeg() {
    Path file = folder.resolve("a.jpg");

    assertThatThrownBy(() -> WRITER.withBitDepth(16).checkWritable(file))
        .hasMessage(file + ": JPEG holds 8 bits a sample; for 16 end the name in .png or .tif");
  }

  @Test
  void refusesAFolderThatMayNotBeWrittenTo() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(locked), "this user may write everywhere");

    assertRefused(locked.resolve("a.png"), "cannot be written: permission denied in its folder");
  }

  @Test
  void leavesNothingBehindWhenItChecks() throws IOException {
    WRITER.checkWritable(folder.resolve("a.png"));

    assertThat(names()).isEmpty();
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    assertThatThrownBy(() -> WRITER.write(BROKEN, folder.resolve("a.png")))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("not a number");

    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.tif"})
  void keepsTheOldFileWhenItFails(String name) throws IOException {
    Path file = folder.resolve(name);
    WRITER.write(PICTURE, file);
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> WRITER.write(BROKEN, file)).isInstanceOf(PictureException.class);

    assertThat(file).hasBinaryContent(before);
    assertThat(names()).containsExactly(name);
  }

  @Test
  void saysInOneLineThatAFormatCannotHoldThePicture() throws IOException {
    int width = 70_000;
    Path file = folder.resolve("wide.jpg");

    assertThatThrownBy(() -> WRITER.write(Picture.of(width, 1, new float[3 * width]), file))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith(file + ": cannot be written: ")
        .hasMessageNotContaining("\n");
    assertThat(names()).isEmpty();
  }

  @Test
  void replacesTheTargetOfALinkAndKeepsTheLink() throws IOException {
    Path target = folder.resolve("target.png");
    WRITER.write(PICTURE, target);
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), target);
    Picture other = Picture.of(TestImages.noise(4, 4, 2));

    WRITER.write(other, link);

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(PictureReader.read(target)).isEqualTo(other);
  }

  @Test
  void givesTheFileThePermissionsOfAnyNewFile() throws IOException {
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    Path file = folder.resolve("a.png");

    WRITER.write(PICTURE, file);

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Files.getPosixFilePermissions(ordinary));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    }
  }
}

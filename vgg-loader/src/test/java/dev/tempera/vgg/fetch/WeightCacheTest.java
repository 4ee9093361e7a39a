package dev.tempera.vgg.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.vgg.WeightFamily;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where weights lie, and that they are checked before they are used. */
class WeightCacheTest {
  // The MD5 of "tempera", by md5sum.
  private static final WeightSource SOURCE =
      new WeightSource(
          "tiny",
          WeightFamily.CAFFE,
          "a word",
          List.of(URI.create("https://publisher.example/tiny.bin")),
          "tiny.bin",
          OptionalLong.of(7),
          Optional.of(new PublishedHash("MD5", "ba2ac9bc6e7b5b200f5406fe852fb5c7")),
          "none",
          "here");

  @TempDir private Path folder;

  @Test
  void theFolderIsTheUsersOwn() {
    String home = "/home/me";
    assertThat(WeightCache.of(Map.of("HOME", home)).folder())
        .isEqualTo(Path.of("/home/me/.cache/tempera/weights"));
    assertThat(WeightCache.of(Map.of("HOME", home, "XDG_CACHE_HOME", "/fast")).folder())
        .isEqualTo(Path.of("/fast/tempera/weights"));
    assertThat(WeightCache.of(Map.of("HOME", home, "XDG_CACHE_HOME", "relative")).folder())
        .isEqualTo(Path.of("/home/me/.cache/tempera/weights"));
    assertThat(WeightCache.of(Map.of("XDG_CACHE_HOME", "/fast", "TEMPERA_HOME", "/own")).folder())
        .isEqualTo(Path.of("/own/weights"));
  }

  @Test
  void aMissingFileIsToldHowToBeHad() {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> new WeightCache(folder).verified(SOURCE))
        .withMessage(
            "weights tiny are not here; run: tempera weights fetch tiny (or download"
                + " https://publisher.example/tiny.bin by hand and put it at "
                + folder.resolve("tiny.bin")
                + ")");
  }

  @Test
  void aFilePutThereByHandIsChecked() throws IOException {
    WeightCache cache = new WeightCache(folder);
    Files.writeString(cache.file(SOURCE), "tempera");
    assertThat(cache.verified(SOURCE)).isEqualTo(cache.file(SOURCE));
    assertThat(folder.resolve("tiny.bin.verified")).exists();
  }

  @Test
  void aFileThatIsNotWhatWasPublishedIsRefused() throws IOException {
    WeightCache cache = new WeightCache(folder);
    Files.writeString(cache.file(SOURCE), "Tempera");
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> cache.verified(SOURCE))
        .withMessageContaining("is not what was published: its MD5 is")
        .withMessageEndingWith("; delete it and run: tempera weights fetch tiny");
    Files.writeString(cache.file(SOURCE), "temper");
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> cache.verified(SOURCE))
        .withMessageContaining("tiny.bin has 6 bytes, but was published with 7");
  }

  @Test
  void aFileThatChangedIsCheckedAgain() throws IOException {
    WeightCache cache = new WeightCache(folder);
    Files.writeString(cache.file(SOURCE), "tempera");
    cache.verified(SOURCE);
    Files.writeString(cache.file(SOURCE), "Tempera");
    Files.setLastModifiedTime(cache.file(SOURCE), FileTime.fromMillis(1_000));
    assertThatExceptionOfType(FetchException.class).isThrownBy(() -> cache.verified(SOURCE));
  }
}

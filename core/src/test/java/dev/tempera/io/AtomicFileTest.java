package dev.tempera.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  private static AtomicFile.Writer text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void replacesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old and longer");
    AtomicFile.write(file, text("new"));
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aFailureLeavesThingsAsTheyWere() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    AtomicFile.Writer failing =
        channel -> {
          text("half").writeTo(channel);
          throw new IOException("no more");
        };
    assertThatThrownBy(() -> AtomicFile.write(file, failing)).hasMessage("no more");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    AtomicFile.write(link, text("new"));
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  @Test
  void aProbeFailsWhereWritingWouldAndLeavesNothing() throws IOException {
    AtomicFile.probe(folder.resolve("file"));
    assertThat(folder).isEmptyDirectory();
    Path missing = folder.resolve("missing").resolve("file");
    assertThatThrownBy(() -> AtomicFile.probe(missing)).isInstanceOf(NoSuchFileException.class);
  }
}

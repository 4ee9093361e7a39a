package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java examples of the README, run word for word. */
class ReadmeTest {
  private static final String IMPORTS =
      """
      import dev.tempera.style.*;
      import dev.tempera.tensor.*;
      import dev.tempera.vgg.Layer;
      import java.io.File;
      import javax.imageio.ImageIO;
      """;

  @TempDir private Path folder;

  @Test
  void theExamplesRun() throws IOException, InterruptedException {
    List<String> examples = MarkdownExamples.of("README.md");
    assertThat(examples).hasSize(2);
    String losses = MarkdownExamples.run(folder, IMPORTS, examples.get(0));
    assertThat(losses.lines().count()).isEqualTo(60);
    assertThat(folder.resolve("out.png")).isNotEmptyFile();
    String tensors = MarkdownExamples.run(folder, IMPORTS, examples.get(1));
    assertThat(tensors.lines())
        .isNotEmpty()
        .containsExactlyElementsOf(MarkdownExamples.promises(examples.get(1)));
  }
}

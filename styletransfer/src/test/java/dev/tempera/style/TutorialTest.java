package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's code, block after block as one program, prints what the tutorial says. */
class TutorialTest {
  @TempDir private Path folder;

  @Test
  void theTutorialRuns() throws IOException, InterruptedException {
    List<String> blocks = MarkdownExamples.of("docs/tutorial.md");
    String statements = String.join("\n", blocks.subList(1, blocks.size()));
    String printed = MarkdownExamples.run(folder, blocks.get(0), statements);
    assertThat(printed.lines())
        .hasSizeGreaterThan(8)
        .containsExactlyElementsOf(MarkdownExamples.promises(statements));
    assertThat(folder.resolve("texture.png")).isNotEmptyFile();
  }
}

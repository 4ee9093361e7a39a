package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/memory.md, run word for word, one example after another. */
class MemoryGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "memory.md");
  private static final Pattern EXAMPLE = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern PROMISE = Pattern.compile("(?m)(?:^ {4}.*\\R)+");
  private static final String IMPORTS =
      """
      import dev.tempera.backend.*;
      import dev.tempera.forecast.*;
      import dev.tempera.op.*;
      import dev.tempera.style.*;
      import dev.tempera.tensor.*;
      import java.awt.image.BufferedImage;
      """;

  @TempDir private Path folder;

  @Test
  void theExamplesRunAndPrintWhatIsPromised() throws IOException, InterruptedException {
    String guide = Files.readString(GUIDE);
    List<String> examples =
        EXAMPLE.matcher(guide).results().map(example -> "{\n" + example.group(1) + "}\n").toList();
    assertThat(examples).hasSize(4);
    String promised =
        PROMISE
            .matcher(guide.substring(guide.indexOf("## Limits")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining())
            .stripTrailing()
            .stripIndent();
    assertThat(promised).startsWith("scope step");
    assertThat(run("void main() throws Exception {\n" + String.join("", examples) + "}\n"))
        .contains(promised)
        .contains("conv2d, mask");
  }

  private String run(String program) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("Guide.java"), IMPORTS + program);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                System.getProperty("java.class.path"),
                source.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}

package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java examples of the README, run word for word. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern EXAMPLE = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
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
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(ROOT.resolve("README.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.replaceAll("```(java)?", ""))
            .toList();
    assertThat(examples).hasSize(2);
    Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
    assertThat(run(examples.get(0)).lines().count()).isEqualTo(60);
    assertThat(folder.resolve("out.png")).isNotEmptyFile();
    String tensors = examples.get(1);
    String promised = tensors.replaceAll("(?s).*println\\(.*?// (.*?)\\R.*", "$1");
    assertThat(run(tensors).strip()).isEqualTo(promised);
  }

  private String run(String example) throws IOException, InterruptedException {
    Path source = folder.resolve("Example.java");
    Files.writeString(source, IMPORTS + "void main() throws Exception {\n" + example + "}\n");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                System.getProperty("java.class.path"),
                source.toString())
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}

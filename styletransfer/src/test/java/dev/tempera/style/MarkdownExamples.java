package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The Java blocks of a Markdown file, and how to run them in a Java of their own. */
final class MarkdownExamples {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern PROMISE = Pattern.compile("println\\(.*\\); // (.*)");

  private MarkdownExamples() {}

  /** The Java blocks of a file of the project, in order. */
  static List<String> of(String file) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** What the comments behind {@code println} say that it prints, line by line. */
  static List<String> promises(String code) {
    return PROMISE.matcher(code).results().map((MatchResult line) -> line.group(1)).toList();
  }

  /**
   * Runs statements as a program, in a folder from which the example pictures can be seen.
   *
   * @return what it prints
   */
  static String run(Path folder, String imports, String statements)
      throws IOException, InterruptedException {
    Path pictures = folder.resolve("examples");
    if (Files.notExists(pictures)) {
      Files.createSymbolicLink(pictures, ROOT.resolve("examples"));
    }
    Path source = folder.resolve("Example.java");
    Files.writeString(source, imports + "void main() throws Exception {\n" + statements + "}\n");
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
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroy();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}

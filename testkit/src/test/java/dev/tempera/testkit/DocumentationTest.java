package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages name is there, and the code that they show is in the files they name. */
class DocumentationTest {
  private static final Path ROOT = root();
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** Classes that are not of this project. */
  private static final Set<String> PLATFORM = Set.of("Math", "StrictMath");

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no folder above holds mvnw");
    }
    return folder;
  }

  private static String text(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  @Test
  void everyPathExists() throws IOException {
    List<String> paths =
        quoted(text("adding-an-op.md")).filter(name -> name.contains("/")).toList();
    assertThat(paths).hasSizeGreaterThan(15).allMatch(path -> Files.exists(ROOT.resolve(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adding-an-op.md", "numerics.md"})
  void everyClassExists(String page) throws IOException {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(ROOT)) {
      classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    List<String> named =
        quoted(text(page))
            .map(quote -> quote.replaceAll("\\..*", ""))
            .filter(quote -> quote.matches("[A-Z]\\w+") && !PLATFORM.contains(quote))
            .toList();
    assertThat(named).hasSizeGreaterThan(8);
    assertThat(classes).containsAll(named);
  }

  @Test
  void theCodeShownIsInAFileNamedBefore() throws IOException {
    String page = text("adding-an-op.md");
    List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
    assertThat(blocks).hasSizeGreaterThan(4);
    for (MatchResult block : blocks) {
      List<String> sources = new ArrayList<>();
      for (String path : quoted(page.substring(0, block.start())).toList()) {
        if (path.endsWith(".java")) {
          sources.add(Files.readString(ROOT.resolve(path)));
        }
      }
      for (String line : block.group(1).lines().map(String::strip).toList()) {
        assertThat(sources).as(line).anyMatch(source -> source.contains(line));
      }
    }
  }

  private static Stream<String> quoted(String text) {
    return QUOTED.matcher(text.replaceAll("(?s)```.*?```", "")).results().map(r -> r.group(1));
  }
}

package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads pictures in a process whose libraries are modules, where plug-ins are found differently.
 */
class ModulePathTest {
  @TempDir Path folder;

  @Test
  void readsTheFormatsOfPluginsOnTheModulePath() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--module-path", modulePath()));
    command.addAll(List.of("--patch-module", "dev.tempera.style=" + locationOf(getClass())));
    command.addAll(List.of("--module", "dev.tempera.style/" + ModulePathProbe.class.getName()));
    command.add(resource("cmyk.jpg"));
    command.add(resource("lossless.webp"));
    command.add(tiff());

    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }

    assertThat(Files.readString(output, UTF_8).lines())
        .containsExactly(
            "dev.tempera.style 32 32 0 255 255",
            "dev.tempera.style 8 6 0 0 100",
            "dev.tempera.style 20 10 0 0 100");
    assertThat(process.exitValue()).isZero();
  }

  /** What the test runs with, without the tests themselves. */
  private static String modulePath() throws Exception {
    String tests = locationOf(ModulePathTest.class);
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.equals(tests))
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElseThrow();
  }

  private static String locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return TestImages.save(folder, name, in.readAllBytes()).toString();
    }
  }

  private String tiff() throws IOException {
    byte[] bytes = TestImages.encode(TestImages.gradient(20, 10), "tiff");
    return TestImages.save(folder, "gradient.tif", bytes).toString();
  }
}

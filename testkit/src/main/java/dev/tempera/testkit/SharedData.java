package dev.tempera.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Real pictures and weights for tests, kept beside the project and no part of it. Tests that need
 * them are skipped, with one printed line, where they are absent.
 */
public final class SharedData {
  private static final Optional<Path> ROOT = find();

  private SharedData() {}

  /**
   * A file or folder of the shared data; the calling test is skipped where there is none.
   *
   * @param path the path below the data folder, such as {@code weights/vgg19-16x/5SE.pth}
   */
  public static Path require(String path) {
    Optional<Path> found = ROOT.map(root -> root.resolve(path)).filter(Files::exists);
    if (found.isEmpty()) {
      System.out.println("skipped: no shared/data/" + path + "; set -Dtempera.shared=FOLDER");
      Assumptions.abort("no shared data");
    }
    return found.get();
  }

  private static Optional<Path> find() {
    String property = System.getProperty("tempera.shared");
    if (property != null) {
      return Optional.of(Path.of(property, "data"));
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path data = folder.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return Optional.of(data);
      }
    }
    return Optional.empty();
  }
}

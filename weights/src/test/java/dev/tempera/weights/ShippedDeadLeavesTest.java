package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped filters are what {@link DeadLeaves} learns. */
class ShippedDeadLeavesTest {
  /**
   * The reference backend sums in double and in one fixed order, so the file it makes is the same
   * on every machine. It stays in the build folder: after a deliberate change of the procedure it
   * is the one to ship.
   */
  @Test
  @Tag("slow")
  void isToTheByteWhatTheReferenceBackendLearns() throws Exception {
    Path file = Path.of("target", "dead-leaves.safetensors").toAbsolutePath();
    try (Backends.Choice _ = Backends.use(Backends.named("reference"))) {
      FilterNetFile.write(file, DeadLeaves.learn(DeadLeaves.SEED));
    }
    try (InputStream shipped =
        EmbeddedWeights.class.getResourceAsStream("dead-leaves.safetensors")) {
      byte[] expected = Objects.requireNonNull(shipped).readAllBytes();
      assertThat(Files.readAllBytes(file)).as("%s", file).isEqualTo(expected);
    }
  }
}

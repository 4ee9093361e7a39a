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

  /**
   * Faster backends sum in float and in another order. Rounding of some 10⁻⁶ of the largest
   * variance turns an eigenvector towards its neighbour by that divided by the distance of their
   * variances, of which the smallest is 7·10⁻⁵ of the largest: by up to 2 %.
   */
  @Test
  void isWhatOtherBackendsLearnButForRounding() {
    FilterNet shipped = EmbeddedWeights.deadLeaves();
    FilterNet learned = DeadLeaves.learn(DeadLeaves.SEED);
    for (int level = 0; level < shipped.levels().size(); level++) {
      float[] expected = shipped.levels().get(level).kernel();
      float[] actual = learned.levels().get(level).kernel();
      int filters = shipped.levels().get(level).outputChannels();
      int length = expected.length / filters;
      for (int filter = 0; filter < filters; filter++) {
        double difference = 0;
        double size = 0;
        for (int i = filter * length; i < (filter + 1) * length; i++) {
          difference += Math.pow(actual[i] - expected[i], 2);
          size += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / size))
            .as("level %d, filter %d", level, filter)
            .isLessThan(0.02);
      }
    }
  }
}

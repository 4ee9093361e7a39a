package dev.tempera.examples.lenet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.examples.digits.Digits;
import dev.tempera.nn.Layer;
import dev.tempera.tensor.RandomSource;
import dev.tempera.testkit.LeakCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class LeNetTest {
  private static double accuracy(Layer net, Training training, int train, int test) {
    training.run(net, Digits.generate(2, train), 1, (epoch, loss) -> {});
    return Training.accuracy(net, Digits.generate(3, test));
  }

  @Test
  void aFewDigitsTeachLeNetMoreThanALinearClassifier() {
    Training training = new Training(5, 25, 0.005);
    try (Layer net = LeNet.create(new RandomSource(1));
        Layer linear = LeNet.linearClassifier(new RandomSource(1))) {
      assertThat(accuracy(net, training, 2500, 1000)).isGreaterThan(0.95);
      assertThat(accuracy(linear, training, 2500, 1000)).isBetween(0.5, 0.8);
    }
  }

  @Test
  @Tag("slow")
  void allDigitsTeachLeNetToReadThem() {
    try (Layer net = LeNet.create(new RandomSource(1))) {
      assertThat(accuracy(net, LeNetExample.TRAINING, LeNetExample.TRAIN, LeNetExample.TEST))
          .isGreaterThan(0.98);
    }
  }

  @Test
  void trainingGivesTheSameBitsOnAnyNumberOfThreads() {
    Map<String, float[]> expected = trained(1);
    for (int threads = 2; threads <= 4; threads++) {
      Map<String, float[]> actual = trained(threads);
      expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }
  }

  private static Map<String, float[]> trained(int threads) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    try (CpuBackend backend = new CpuBackend(new CpuOptions(threads));
        Backends.Choice _ = Backends.use(backend);
        Layer net = LeNet.create(new RandomSource(5))) {
      new Training(1, 16, 0.004).run(net, Digits.generate(6, 160), 7, (epoch, loss) -> {});
      net.parameters().forEach((name, parameter) -> parameters.put(name, parameter.toFloats()));
    }
    return parameters;
  }
}

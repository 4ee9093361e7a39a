package dev.tempera.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.backend.NormParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.Safetensors;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.nn.ActivationLayer;
import dev.tempera.nn.AvgPool2dLayer;
import dev.tempera.nn.BatchNorm2dLayer;
import dev.tempera.nn.Conv2dLayer;
import dev.tempera.nn.ConvTranspose2dLayer;
import dev.tempera.nn.FlattenLayer;
import dev.tempera.nn.GroupNormLayer;
import dev.tempera.nn.Initialiser;
import dev.tempera.nn.InstanceNorm2dLayer;
import dev.tempera.nn.LayerNormLayer;
import dev.tempera.nn.LinearLayer;
import dev.tempera.nn.MaxPool2dLayer;
import dev.tempera.nn.Residual;
import dev.tempera.nn.Sequential;
import dev.tempera.nn.StateFile;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A net of every kind of layer, trained for three steps, beside the same net in PyTorch. */
@ExtendWith(LeakCheck.class)
class TorchNetTest {
  /** Float32 through twelve layers; the numbers are of size 1. */
  private static final double TOLERANCE = 2e-5;

  private static Sequential net() {
    RandomSource random = new RandomSource(1);
    Conv2dParams plain = Conv2dParams.DEFAULT;
    return Sequential.of(
        new Conv2dLayer(
            Shape.of(6, 2, 3, 3),
            plain.withPadding(Padding.of(1, PaddingMode.REFLECT)),
            Initialiser.kaimingNormal(),
            null,
            random),
        new BatchNorm2dLayer(6),
        ActivationLayer.leakyRelu(0.2),
        new Residual(
            Sequential.of(
                new Conv2dLayer(6, 6, 3, plain.withPadding(1).withGroups(2), random),
                new InstanceNorm2dLayer(6),
                ActivationLayer.relu()),
            new Conv2dLayer(6, 6, 1, plain, random)),
        new MaxPool2dLayer(Pool2dParams.of(2)),
        new ConvTranspose2dLayer(
            6, 4, 4, ConvTranspose2dParams.of(plain.withStride(2).withPadding(1)), random),
        new GroupNormLayer(2, 4, NormParams.DEFAULT),
        new ActivationLayer(UnaryOp.SILU),
        new AvgPool2dLayer(Pool2dParams.of(2)),
        new FlattenLayer(),
        new LinearLayer(24, 5, random),
        new LayerNormLayer(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void threeStepsOfTrainingGiveWhatPytorchGives(String backend) throws IOException {
    try (Backends.Choice _ = Backends.use(Backends.named(backend));
        Sequential net = net();
        TensorFile state = open("state");
        TensorFile run = open("run")) {
      StateFile.load(net, state);
      for (int step = 0; step < 3; step++) {
        try (TensorScope _ = TensorScope.open("step")) {
          Tensor y = net.apply(tensor(run, "input"));
          Gradients gradients = y.subtract(tensor(run, "target")).square().mean().backward();
          if (step == 0) {
            requireClose(y, run, "output");
            net.trainableParameters()
                .forEach((name, each) -> requireClose(gradients.of(each), run, "gradient." + name));
          }
          net.trainableParameters()
              .values()
              .forEach(each -> InPlace.addScaled(each, gradients.of(each), -0.05));
        }
      }
      net.eval();
      try (TensorScope _ = TensorScope.open("evaluation")) {
        requireClose(net.apply(tensor(run, "input")), run, "evaluated");
      }
      net.state().forEach((name, each) -> requireClose(each, run, "after." + name));
    }
  }

  private static TensorFile open(String name) throws IOException {
    String path = "/nn/" + name + ".safetensors";
    try (InputStream resource =
        Objects.requireNonNull(TorchNetTest.class.getResourceAsStream(path))) {
      return Safetensors.read(MappedFile.of(Path.of(path), resource.readAllBytes()));
    }
  }

  private static Tensor tensor(TensorFile file, String name) throws IOException {
    TensorEntry entry = file.entry(name);
    return Tensor.upload(entry.bytes(), entry.dtype(), entry.shape());
  }

  private static void requireClose(Tensor actual, TensorFile file, String name) {
    float[] expected;
    try {
      expected = file.entry(name).toFloats();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    float[] values = actual.toFloats();
    assertThat(values).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat((double) values[i])
          .as("%s[%d]", name, i)
          .isBetween(expected[i] - allowed, expected[i] + allowed);
    }
  }
}

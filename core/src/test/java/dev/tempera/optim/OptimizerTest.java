package dev.tempera.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.io.Safetensors;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  private TensorScope scope;
  private long liveBefore;

  @BeforeEach
  void open() {
    liveBefore = Backends.current().memory().live();
    scope = TensorScope.open("test");
  }

  @AfterEach
  void closeAndCheckForLeaks() {
    scope.close();
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  static List<StepRule> rules() {
    return List.of(
        Sgd.withLearningRate(0.05),
        Sgd.withLearningRate(0.05).momentum(0.9).weightDecay(0.01),
        Sgd.withLearningRate(0.05).nesterov(0.9),
        Adam.withLearningRate(0.05),
        Adam.decoupled(0.05, 0.1).amsGrad(),
        new RmsProp(new RmsPropParams(0.01, 0.9, 1e-8, 0.5, 0), true));
  }

  /** A linear model. */
  private record Model(Tensor weight, Tensor bias, Tensor unused) {
    Map<String, Tensor> parameters() {
      Map<String, Tensor> parameters = new LinkedHashMap<>();
      parameters.put("weight", weight);
      parameters.put("bias", bias);
      parameters.put("unused", unused);
      return parameters;
    }

    /** The mean square error, one batch a step. */
    Tensor loss(int batch) {
      Tensor x = Tensor.randomNormal(100 + batch, 16, 5);
      Tensor exact = x.matmul(Tensor.randomNormal(7, 5, 3)).add(0.5);
      return x.matmul(weight).add(bias).subtract(exact).square().mean();
    }
  }

  private static Model model() {
    return new Model(
        Tensor.randomNormal(1, 5, 3).track(), Tensor.zeros(3).track(), Tensor.ones(4).track());
  }

  private static double train(Optimizer optimizer, Model model, int first, int last) {
    double value = Double.NaN;
    for (int batch = first; batch < last; batch++) {
      try (TensorScope _ = TensorScope.open("step")) {
        Tensor loss = model.loss(batch);
        value = loss.item();
        optimizer.step(loss.backward());
      }
    }
    return value;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void trainsWhatHasAGradient(StepRule rule) {
    Model model = model();
    Optimizer optimizer = new Optimizer(rule, model.parameters());
    double first = train(optimizer, model, 0, 1);
    assertThat(train(optimizer, model, 1, 120)).isLessThan(0.1 * first);
    assertThat(model.unused().toFloats()).containsOnly(1);
    assertThat(optimizer.steps()).isEqualTo(120);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void goesOnWithTheSameBitsAfterAnInterruption(StepRule rule, @TempDir Path folder)
      throws IOException {
    Schedule schedule = Schedule.warmUp(3, 0.1).then(5, Schedule.cosine(20, 0.1));
    Model through = model();
    train(new Optimizer(rule, through.parameters()).schedule(schedule), through, 0, 20);

    Model interrupted = model();
    Optimizer before = new Optimizer(rule, interrupted.parameters()).schedule(schedule);
    train(before, interrupted, 0, 11);
    Path file = folder.resolve("state.safetensors");
    OptimizerFile.save(before, file);
    Optimizer after = new Optimizer(rule, interrupted.parameters()).schedule(schedule);
    OptimizerFile.load(after, file);
    assertThat(after.steps()).isEqualTo(11);
    train(after, interrupted, 11, 20);

    assertThat(interrupted.weight().toFloats()).isEqualTo(through.weight().toFloats());
    assertThat(interrupted.bias().toFloats()).isEqualTo(through.bias().toFloats());
  }

  @Test
  void savedStateCanBeReadByOthers(@TempDir Path folder) throws IOException {
    Model model = model();
    Optimizer optimizer = new Optimizer(Adam.withLearningRate(0.05), model.parameters());
    train(optimizer, model, 0, 2);
    Path path = folder.resolve("state.safetensors");
    OptimizerFile.save(optimizer, path);
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.entries()).containsKeys("weight/first_moment", "bias/second_moment");
      assertThat(file.metadata()).containsEntry("steps", "2").containsEntry("steps/unused", "0");
    }
  }

  @Test
  void stateOfAnotherOptimizerIsRefusedAndNothingChanges(@TempDir Path folder) throws IOException {
    Model model = model();
    Optimizer adam = new Optimizer(Adam.withLearningRate(0.05), model.parameters());
    train(adam, model, 0, 2);
    Path path = folder.resolve("state.safetensors");
    OptimizerFile.save(adam, path);
    Optimizer sgd = new Optimizer(Sgd.withLearningRate(0.1).momentum(0.9), model.parameters());
    assertThatThrownBy(() -> OptimizerFile.load(sgd, path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("optimizer file: 'weight/first_moment' does not fit");
    assertThat(sgd.steps()).isZero();
    Files.write(path, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> OptimizerFile.load(adam, path))
        .isInstanceOf(TensorFileException.class);
    assertThat(adam.steps()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNotTrackedOrThereTwice() {
    Tensor plain = Tensor.ones(2);
    assertThatThrownBy(() -> new Optimizer(Sgd.withLearningRate(1), Map.of("w", plain)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("optimizer: there will be no gradient for 'w'");
    Tensor once = plain.track();
    Map<String, Tensor> twice = new LinkedHashMap<>();
    twice.put("a", once);
    twice.put("b", once);
    assertThatThrownBy(() -> new Optimizer(Sgd.withLearningRate(1), twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("optimizer: 'a' and 'b' are the same memory");
  }

  /** The expected numbers are those of torch.nn.utils.clip_grad_norm_, but for its 1e-6. */
  @Test
  void clipsGradients() {
    List<Tensor> gradients =
        List.of(Tensor.of(new float[] {3, -4, 12}, 3), Tensor.of(new float[] {84}, 1, 1));
    assertThat(GradientClipping.globalNorm(gradients)).isEqualTo(85);
    List<Tensor> shorter = GradientClipping.byGlobalNorm(10).apply(gradients);
    assertThat(shorter.get(0).toFloats())
        .containsExactly(new float[] {0.3529f, -0.4706f, 1.4118f}, Offset.offset(1e-4f));
    assertThat(shorter.get(1).toFloats())
        .containsExactly(new float[] {9.8824f}, Offset.offset(1e-4f));
    assertThat(GradientClipping.byGlobalNorm(85).apply(gradients)).isSameAs(gradients);
    assertThat(GradientClipping.byValue(5).apply(gradients).get(0).toFloats())
        .containsExactly(3, -4, 5);
    assertThatThrownBy(() -> GradientClipping.byValue(0))
        .hasMessageContaining("limit > 0, here 0.0");
  }

  @Test
  void averagesFollowTheParametersAndChangePlacesWithThem() {
    Tensor parameter = Tensor.of(new float[] {1, 2}, 2).track();
    ExponentialMovingAverage average = new ExponentialMovingAverage(Map.of("w", parameter), 0.75);
    parameter.assign(Tensor.of(new float[] {5, 10}, 2));
    average.update();
    Tensor averaged = List.copyOf(average.averages().values()).getFirst();
    assertThat(averaged.toFloats()).containsExactly(2, 4);
    average.exchange();
    assertThat(parameter.toFloats()).containsExactly(2, 4);
    average.exchange();
    assertThat(parameter.toFloats()).containsExactly(5, 10);
    assertThat(averaged.toFloats()).containsExactly(2, 4);
  }

  @Test
  void lbfgsMovesSeveralParametersTogether() {
    Model model = model();
    Outcome outcome =
        new ParameterVector(model.parameters().values())
            .minimize(new Lbfgs(LbfgsOptions.DEFAULT), () -> model.loss(0), 60);
    assertThat(outcome.value()).isLessThan(1e-6);
    assertThat(model.loss(0).item()).isEqualTo(outcome.value());
    assertThat(model.unused().toFloats()).containsOnly(1);
  }
}

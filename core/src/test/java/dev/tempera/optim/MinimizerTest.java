package dev.tempera.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.AdamParams;
import dev.tempera.backend.Backends;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MinimizerTest {
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

  /** (1 − x)² + 100·(y − x²)², whose minimum 0 lies at (1, 1) in a curved valley. */
  private static Evaluation rosenbrock(Tensor point) {
    try (TensorScope work = TensorScope.open("rosenbrock")) {
      Tensor p = point.track();
      Tensor x = p.slice(0, 0, 1);
      Tensor y = p.slice(0, 1, 2);
      Tensor value =
          x.negate().add(1).square().add(y.subtract(x.square()).square().multiply(100)).sum();
      return new Evaluation(value.item(), work.keep(value.backward().of(p)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKTRACKING", "STRONG_WOLFE"})
  void lbfgsFollowsACurvedValley(LineSearch search) {
    Tensor point = Tensor.of(new double[] {-1.2, 1}, 2);
    LbfgsOptions options =
        new LbfgsOptions(
            10, 1, search, LbfgsOptions.FirstStep.inverseGradientSum(), Double.POSITIVE_INFINITY);
    Outcome outcome = new Lbfgs(options).minimize(point, MinimizerTest::rosenbrock, 150);
    assertThat(outcome.value()).isLessThan(1e-10);
    assertThat(point.toDoubles()[0]).isCloseTo(1, within(1e-4));
    assertThat(point.toDoubles()[1]).isCloseTo(1, within(1e-4));
  }

  @Test
  void lbfgsWithoutALineSearchSolvesAQuadratic() {
    Tensor point = Tensor.of(new double[] {5, -3, 2}, 3);
    LbfgsOptions options =
        new LbfgsOptions(
            10,
            1,
            LineSearch.NONE,
            LbfgsOptions.FirstStep.inverseGradientSum(),
            Double.POSITIVE_INFINITY);
    Outcome outcome = new Lbfgs(options).minimize(point, MinimizerTest::bowl, 40);
    assertThat(outcome.value()).isLessThan(1e-12);
  }

  /** x² + 4y² + 9z². */
  private static Evaluation bowl(Tensor point) {
    try (TensorScope work = TensorScope.open("bowl")) {
      Tensor p = point.track();
      Tensor value = p.square().multiply(Tensor.of(new double[] {1, 4, 9}, 3)).sum();
      return new Evaluation(value.item(), work.keep(value.backward().of(p)));
    }
  }

  @Test
  void noStepIsLongerThanAllowed() {
    Tensor point = Tensor.of(new double[] {5, -3, 2}, 3);
    LbfgsOptions options =
        new LbfgsOptions(
            10, 1, LineSearch.BACKTRACKING, LbfgsOptions.FirstStep.changing(0.02), 0.5);
    double[][] last = {null};
    double[] longest = {0, 0};
    new Lbfgs(options)
        .minimize(
            point,
            at -> {
              double[] now = at.toDoubles();
              if (last[0] != null) {
                double change = 0;
                for (int i = 0; i < now.length; i++) {
                  change = Math.max(change, Math.abs(now[i] - last[0][i]));
                }
                longest[0] = longest[0] == 0 ? change : longest[0];
                longest[1] = Math.max(longest[1], change);
              }
              last[0] = now;
              return bowl(at);
            },
            10);
    assertThat(longest[0]).isCloseTo(0.02, within(1e-9));
    assertThat(longest[1]).isLessThanOrEqualTo(0.5 + 1e-9);
  }

  @Test
  void aNonFiniteObjectiveKeepsTheBestPoint() {
    for (Minimizer minimizer :
        new Minimizer[] {
          new Lbfgs(
              new LbfgsOptions(
                  10,
                  1e3,
                  LineSearch.NONE,
                  LbfgsOptions.FirstStep.inverseGradientSum(),
                  Double.POSITIVE_INFINITY)),
          Sgd.withLearningRate(1e3).minimizer()
        }) {
      Tensor point = Tensor.of(new double[] {5, -3, 2}, 3);
      Outcome outcome =
          minimizer.minimize(
              point,
              at -> {
                Evaluation evaluation = bowl(at);
                return evaluation.value() > 1e3
                    ? new Evaluation(Double.NaN, evaluation.gradient())
                    : evaluation;
              },
              10);
      assertThat(outcome.reason()).isEqualTo(Outcome.Reason.NOT_FINITE);
      assertThat(outcome.message()).contains("best point so far was kept");
      assertThat(point.toDoubles()).containsExactly(5, -3, 2);
    }
  }

  @Test
  void adamTakesTheStepsOfThePaper() {
    Tensor point = Tensor.of(new double[] {1}, 1);
    AdamParams params = new AdamParams(0.1, 0.9, 0.999, 1e-8);
    double theta = 1;
    double first = 0;
    double second = 0;
    for (int t = 1; t <= 5; t++) {
      double gradient = 2 * theta;
      first = 0.9 * first + 0.1 * gradient;
      second = 0.999 * second + 0.001 * gradient * gradient;
      theta -=
          0.1
              * (first / (1 - Math.pow(0.9, t)))
              / (Math.sqrt(second / (1 - Math.pow(0.999, t))) + 1e-8);
    }
    new Adam(params)
        .minimizer()
        .minimize(
            point,
            at -> {
              try (TensorScope work = TensorScope.open("square")) {
                Tensor p = at.track();
                Tensor value = p.square().sum();
                return new Evaluation(value.item(), work.keep(value.backward().of(p)));
              }
            },
            5);
    assertThat(point.toDoubles()[0]).isCloseTo(theta, within(1e-12));
  }

  @Test
  void momentumGathersSpeed() {
    Tensor plain = Tensor.of(new double[] {5, -3, 2}, 3);
    Tensor gathered = Tensor.of(new double[] {5, -3, 2}, 3);
    Outcome without =
        Sgd.withLearningRate(0.005).minimizer().minimize(plain, MinimizerTest::bowl, 50);
    Outcome with =
        Sgd.withLearningRate(0.005)
            .momentum(0.9)
            .minimizer()
            .minimize(gathered, MinimizerTest::bowl, 50);
    assertThat(with.value()).isLessThan(without.value());
  }

  @Test
  void aNonFiniteFirstGradientIsNotConvergence() {
    Tensor point = Tensor.of(new double[] {5, -3}, 2);
    Outcome outcome =
        new Lbfgs(LbfgsOptions.DEFAULT)
            .minimize(
                point, at -> new Evaluation(1, Tensor.of(new double[] {Double.NaN, 1}, 2)), 10);
    assertThat(outcome.reason()).isEqualTo(Outcome.Reason.NOT_FINITE);
    assertThat(outcome.evaluations()).isEqualTo(1);
    assertThat(point.toDoubles()).containsExactly(5, -3);
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKTRACKING", "STRONG_WOLFE"})
  void theScaleOfTheObjectiveDoesNotMatter(LineSearch search) {
    LbfgsOptions options =
        new LbfgsOptions(
            10, 1, search, LbfgsOptions.FirstStep.changing(0.02), Double.POSITIVE_INFINITY);
    double[][] ends = new double[2][];
    double[] scales = {1, 0x1p-20};
    for (int i = 0; i < 2; i++) {
      double scale = scales[i];
      Tensor point = Tensor.of(new double[] {-1.2, 1}, 2);
      new Lbfgs(options)
          .minimize(
              point,
              at -> {
                Evaluation evaluation = rosenbrock(at);
                return new Evaluation(
                    scale * evaluation.value(), evaluation.gradient().multiply(scale));
              },
              30);
      ends[i] = point.toDoubles();
    }
    // A power of two scales every number without rounding, so the iterates are the same bits.
    assertThat(ends[1]).containsExactly(ends[0]);
    assertThat(ends[0][0]).isNotEqualTo(-1.2);
  }
}

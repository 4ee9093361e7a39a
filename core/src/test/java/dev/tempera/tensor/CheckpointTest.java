package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.Conv2d;
import dev.tempera.op.Dropout;
import dev.tempera.op.MaxPool2d;
import dev.tempera.reference.ReferenceBackend;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  private ReferenceBackend backend;
  private Backends.Choice choice;
  private TensorScope scope;

  @BeforeEach
  void open() {
    backend = new ReferenceBackend();
    choice = Backends.use(backend);
    scope = TensorScope.open("test");
  }

  @AfterEach
  void closeAndCheckForLeaks() {
    scope.close();
    choice.close();
    assertThat(backend.memory().storages()).isZero();
  }

  /** Whether segments are checkpointed. */
  private enum Way {
    PLAIN,
    CHECKPOINTED;

    Tensor run(UnaryOperator<Tensor> segment, Tensor x) {
      return this == PLAIN ? segment.apply(x) : Checkpoint.apply(segment, x);
    }
  }

  private static Tensor image() {
    return Tensor.randomNormal(1, 2, 3, 8, 6);
  }

  private static Tensor weight(int outputs, int inputs) {
    return Tensor.randomNormal(outputs + inputs, outputs, inputs, 3, 3).multiply(0.3);
  }

  /** The same bits of every gradient with and without. */
  private void requireSame(BiFunction<Way, Tensor, Tensor> loss, Tensor... others) {
    Tensor x = image().track();
    Tensor plain = loss.apply(Way.PLAIN, x);
    Tensor checkpointed = loss.apply(Way.CHECKPOINTED, x);
    assertThat(checkpointed.item()).isEqualTo(plain.item());
    Gradients expected = plain.backward();
    Gradients actual = checkpointed.backward();
    assertThat(actual.of(x).toFloats()).containsExactly(expected.of(x).toFloats());
    for (Tensor other : others) {
      assertThat(actual.of(other).toFloats()).containsExactly(expected.of(other).toFloats());
    }
  }

  @Test
  void gradientsHaveTheSameBits() {
    Tensor first = weight(4, 3).track();
    Tensor frozen = weight(4, 4).freeze();
    UnaryOperator<Tensor> block =
        x -> {
          Tensor y = Conv2d.applyRelu(x, first, null, SAME);
          y = MaxPool2d.apply(y, Pool2dParams.of(2));
          return Conv2d.apply(y, frozen, null, SAME).tanh();
        };
    requireSame((way, x) -> way.run(block, x.multiply(2)).square().mean(), first);
  }

  @Test
  void segmentsNest() {
    Tensor weight = weight(3, 3).track();
    AtomicInteger runs = new AtomicInteger();
    requireSame(
        (way, x) ->
            way.run(
                    outer -> {
                      Tensor y = Conv2d.applyRelu(outer, weight, null, SAME);
                      y =
                          way.run(
                              inner -> {
                                runs.incrementAndGet();
                                return inner.exp().sqrt().add(inner);
                              },
                              y);
                      return y.multiply(y.tanh());
                    },
                    x)
                .sum(),
        weight);
    // Once without; with: at first, again with the outer segment, and again for its own rules.
    assertThat(runs).hasValue(4);
  }

  @Test
  void severalInputsAndOutputs() {
    Tensor x = Tensor.randomNormal(1, 5).track();
    Tensor y = Tensor.randomNormal(2, 5).track();
    Checkpoint.Segment segment =
        in -> {
          Tensor product = in.get(0).multiply(in.get(1));
          return List.of(product.exp(), product.tanh(), in.get(0));
        };
    List<Tensor> plain = segment.run(List.of(x, y));
    List<Tensor> outputs = Checkpoint.apply(segment, List.of(x, y));
    assertThat(outputs).hasSize(3);
    Gradients expected = plain.get(0).add(plain.get(1)).multiply(plain.get(2)).sum().backward();
    Gradients actual = outputs.get(0).add(outputs.get(1)).multiply(outputs.get(2)).sum().backward();
    for (Tensor input : List.of(x, y)) {
      assertThat(actual.of(input).toFloats()).containsExactly(expected.of(input).toFloats());
    }
    // An output that is not used leaves nothing behind; see closeAndCheckForLeaks.
    Tensor used = Checkpoint.apply(segment, List.of(x, y)).get(1);
    used.sum().backward();
  }

  @Test
  void nothingInsideIsKept() {
    Tensor x = Tensor.randomNormal(1, 1000).track();
    UnaryOperator<Tensor> segment = in -> in.exp().tanh().sigmoid().square().exp();
    long before = backend.memory().live();
    Tensor plain = segment.apply(x);
    long withoutCheckpoint = backend.memory().live() - before;
    before = backend.memory().live();
    Tensor checkpointed = Checkpoint.apply(segment, x);
    assertThat(backend.memory().live() - before).isEqualTo(1000 * Float.BYTES);
    assertThat(withoutCheckpoint).isGreaterThan(4 * 1000 * Float.BYTES);
    plain.sum().backward();
    checkpointed.sum().backward();
  }

  @Test
  void thePeakOfADeepNetFalls() {
    assertThat(peak(Way.CHECKPOINTED)).isLessThan(peak(Way.PLAIN) / 2);
  }

  /** The peak of memory of 8 segments of 8 operations that keep a value each. */
  private static long peak(Way way) {
    ReferenceBackend own = new ReferenceBackend();
    try (Backends.Choice _ = Backends.use(own);
        TensorScope _ = TensorScope.open("step")) {
      Tensor x = Tensor.randomNormal(1, 1000).track();
      Tensor y = x;
      for (int i = 0; i < 8; i++) {
        Tensor input = y;
        try (TensorScope part = TensorScope.open("part")) {
          y = part.keep(way.run(CheckpointTest::eightOperations, input));
        }
      }
      y.sum().backward().of(x);
    }
    assertThat(own.memory().storages()).isZero();
    return own.memory().peak();
  }

  private static Tensor eightOperations(Tensor x) {
    Tensor y = x;
    for (int i = 0; i < 8; i++) {
      y = y.tanh();
    }
    return y;
  }

  @Test
  void randomNumbersAreTheSameInTheSecondRun() {
    Tensor x = Tensor.ones(200).track();
    RandomSource random = new RandomSource(7);
    UnaryOperator<Tensor> segment =
        in -> Dropout.apply(in, 0.5, random.next()).multiply(random.normal(0, 1, 200));
    Tensor y = Checkpoint.apply(segment, x);
    long drawn = random.position();
    float[] gradient = y.sum().backward().of(x).toFloats();
    assertThat(random.position()).isEqualTo(drawn);
    random.moveTo(0);
    Tensor plain = segment.apply(x);
    assertThat(y.toFloats()).containsExactly(plain.toFloats());
    assertThat(gradient).containsExactly(plain.sum().backward().of(x).toFloats());
  }

  @Test
  void theSecondRunIsKnown() {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger again = new AtomicInteger();
    Tensor x = Tensor.ones(3).track();
    Tensor y =
        Checkpoint.apply(
            in -> {
              (Checkpoint.isRunningAgain() ? again : first).incrementAndGet();
              return in.exp();
            },
            x);
    assertThat(again).hasValue(0);
    y.sum().backward();
    assertThat(first).hasValue(1);
    assertThat(again).hasValue(1);
  }

  @Test
  void gradientsOfGradientsGoThrough() {
    Tensor x = Tensor.of(new double[] {0.5, -1.5}, 2).track();
    UnaryOperator<Tensor> segment = in -> in.exp().multiply(in).tanh();
    double[] expected = twice(Way.PLAIN, segment, x);
    assertThat(twice(Way.CHECKPOINTED, segment, x)).containsExactly(expected);
  }

  private static double[] twice(Way way, UnaryOperator<Tensor> segment, Tensor x) {
    Tensor y = way.run(segment, x);
    Tensor first = y.sum().backward(BackwardMode.DIFFERENTIABLE).of(x);
    return first.square().sum().backward().of(x).toDoubles();
  }

  @Test
  void aGradientInsideASegment() {
    Tensor x = Tensor.of(new double[] {0.5, -1.5}, 2).track();
    Tensor weight = Tensor.of(new double[] {2, 3}, 2).track();
    UnaryOperator<Tensor> penalty =
        in -> Derivatives.grad(z -> z.tanh().multiply(weight).sum()).apply(in).square();
    Gradients expected = penalty.apply(x).sum().backward();
    Gradients actual = Checkpoint.apply(penalty, x).sum().backward();
    assertThat(actual.of(x).toDoubles()).containsExactly(expected.of(x).toDoubles());
    assertThat(actual.of(weight).toDoubles()).containsExactly(expected.of(weight).toDoubles());
  }

  @Test
  void theGraphCanBeWalkedTwice() {
    Tensor x = Tensor.ones(4).track();
    Tensor y = Checkpoint.apply(in -> in.exp().square(), x).sum();
    float[] once = y.backward(BackwardMode.RETAIN).of(x).toFloats();
    assertThat(y.backward().of(x).toFloats()).containsExactly(once);
    assertThatThrownBy(y::backward).hasMessageContaining("given back by an earlier backward");
  }

  @Test
  void withoutGradientsNothingIsHeld() {
    Tensor x = Tensor.ones(4);
    long before = backend.memory().storages();
    assertThat(Checkpoint.apply(Tensor::exp, x).isTracked()).isFalse();
    try (NoRecord _ = NoRecord.open()) {
      assertThat(Checkpoint.apply(Tensor::exp, x.track()).isTracked()).isFalse();
    }
    assertThat(backend.memory().storages()).isEqualTo(before + 2);
  }

  @Test
  void aSegmentThatTakesAnotherWayIsRefused() {
    Tensor x = Tensor.ones(4).track();
    AtomicInteger runs = new AtomicInteger();
    Tensor other =
        Checkpoint.apply(in -> runs.getAndIncrement() == 0 ? in.exp() : in.tanh(), x).sum();
    assertThatThrownBy(other::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("took another way")
        .hasMessageContaining("first   exp")
        .hasMessageContaining("again   tanh");
    runs.set(0);
    Tensor shorter =
        Checkpoint.apply(in -> runs.getAndIncrement() == 0 ? in.exp().square() : in.exp(), x).sum();
    assertThatThrownBy(shorter::backward).hasMessageContaining("again   the end");
    runs.set(0);
    Tensor longer =
        Checkpoint.apply(in -> runs.getAndIncrement() == 0 ? in.exp() : in.exp().square(), x).sum();
    assertThatThrownBy(longer::backward).hasMessageContaining("first   the end");
  }

  @Test
  void aTensorWrittenOverInBetweenIsNoticed() {
    Tensor x = Tensor.ones(4).track();
    Tensor weight = Tensor.ones(4);
    Tensor y = Checkpoint.apply(in -> in.exp().multiply(weight), x).sum();
    InPlace.addScaled(weight, Tensor.ones(4), 0.5);
    assertThatThrownBy(y::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("written over since")
        .hasMessageContaining("operation 1, multiply");
  }

  @Test
  void aClosedInputIsRefused() {
    Tensor closed = Tensor.ones(4);
    closed.close();
    assertThatThrownBy(() -> Checkpoint.apply(Tensor::exp, closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("checkpoint: the tensor is closed");
  }
}

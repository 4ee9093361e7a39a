package dev.tempera.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Interpolation;
import dev.tempera.tensor.Checkpoint;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockTest {
  private long liveBefore;

  @BeforeEach
  void measure() {
    liveBefore = Backends.current().memory().live();
  }

  @AfterEach
  void nothingLeaks() {
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  private static Sequential smallNet(long seed) {
    RandomSource random = new RandomSource(seed);
    return Sequential.builder()
        .add(
            "features",
            Sequential.of(
                new Conv2dLayer(2, 3, 3, Conv2dParams.DEFAULT.withPadding(1), random),
                ActivationLayer.relu(),
                new MaxPool2dLayer(Pool2dParams.of(2))))
        .add("flatten", new FlattenLayer())
        .add("classifier", new LinearLayer(3 * 2 * 2, 5, random))
        .build();
  }

  /** A parameter and a buffer of its own, and children. */
  private static final class Scaled extends Layer {
    private final Parameter scale;
    private final Buffer calls;
    private final Layer body;

    Scaled(Layer body, RandomSource random) {
      this.body = child("body", body);
      this.scale = parameter("scale", Shape.scalar(), Initialiser.constant(2), random);
      this.calls = buffer("calls", () -> Tensor.scalar(0));
    }

    @Override
    protected Tensor forward(Tensor x) {
      calls.value().assign(calls.value().add(1));
      return body.apply(x).multiply(scale.value());
    }
  }

  @Test
  void namesJoinTheWayFromTheOutermostBlockAndOwnPartsComeFirst() {
    try (Sequential net = smallNet(1);
        Scaled scaled = new Scaled(net, new RandomSource(2))) {
      assertThat(scaled.parameters().keySet())
          .containsExactly(
              "scale",
              "body.features.0.weight",
              "body.features.0.bias",
              "body.classifier.weight",
              "body.classifier.bias");
      assertThat(scaled.buffers().keySet()).containsExactly("calls");
      assertThat(scaled.state().keySet())
          .containsExactly(
              "scale",
              "calls",
              "body.features.0.weight",
              "body.features.0.bias",
              "body.classifier.weight",
              "body.classifier.bias");
      assertThat(net.parameterCount()).isEqualTo(3 * 2 * 9 + 3 + 12 * 5 + 5);
    }
  }

  @Test
  void parametersOutliveTheScopeTheyWereMadeInAndGoWithTheBlock() {
    Sequential net;
    try (TensorScope _ = TensorScope.open("construction")) {
      net = smallNet(1);
    }
    assertThat(net.parameters().values()).noneMatch(Tensor::isClosed);
    try (TensorScope _ = TensorScope.open("step")) {
      assertThat(net.apply(Tensor.ones(1, 2, 4, 4)).shape()).isEqualTo(Shape.of(1, 5));
    }
    net.close();
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  @Test
  void gradientsReachEveryTrainableParameterByItsHandle() {
    try (Sequential net = smallNet(1);
        TensorScope _ = TensorScope.open("step")) {
      Tensor loss = net.apply(Tensor.randomNormal(3, 4, 2, 4, 4)).square().mean();
      Gradients gradients = loss.backward();
      net.trainableParameters()
          .forEach(
              (name, parameter) ->
                  assertThat(gradients.of(parameter).shape())
                      .as(name)
                      .isEqualTo(parameter.shape()));
    }
  }

  @Test
  void stepsOfGradientDescentLowerTheLoss() {
    try (Sequential net = smallNet(1)) {
      double[] losses = new double[30];
      for (int step = 0; step < losses.length; step++) {
        try (TensorScope _ = TensorScope.open("step")) {
          Tensor target = Tensor.randomNormal(4, 6, 5);
          Tensor loss =
              net.apply(Tensor.randomNormal(3, 6, 2, 4, 4)).subtract(target).square().mean();
          losses[step] = loss.item();
          Gradients gradients = loss.backward();
          net.trainableParameters()
              .values()
              .forEach(each -> InPlace.addScaled(each, gradients.of(each), -0.1));
        }
      }
      assertThat(losses[29]).isLessThan(0.5 * losses[0]);
    }
  }

  @Test
  void frozenBlocksHaveNoGradientsUntilTheyAreUnfrozen() {
    try (Sequential net = smallNet(1)) {
      Layer features = net.layers().getFirst();
      float[] before = net.parameters().sequencedValues().getFirst().toFloats();
      features.freeze();
      assertThat(net.trainableParameters().keySet())
          .containsExactly("classifier.weight", "classifier.bias");
      assertThat(net.trainableParameterCount()).isEqualTo(12 * 5 + 5);
      Tensor frozen = net.parameters().sequencedValues().getFirst();
      assertThat(frozen.toFloats()).isEqualTo(before);
      assertThatThrownBy(() -> frozen.assign(frozen)).isInstanceOf(IllegalStateException.class);
      net.unfreeze();
      Tensor thawed = net.trainableParameters().sequencedValues().getFirst();
      assertThat(thawed.toFloats()).isEqualTo(before);
      thawed.assign(thawed);
    }
  }

  @Test
  void blocksConvertToOtherElementTypes() {
    try (Sequential net = Sequential.of(smallNet(1), new BatchNorm2dLayer(5));
        TensorScope _ = TensorScope.open("test")) {
      net.layers().getFirst().freeze();
      net.convert(DType.FLOAT64);
      assertThat(net.parameters().values()).allMatch(each -> each.dtype() == DType.FLOAT64);
      assertThat(net.buffers().values().stream().map(Tensor::dtype))
          .containsExactly(DType.FLOAT64, DType.FLOAT64, DType.INT64);
      assertThat(net.trainableParameters().keySet()).containsExactly("1.weight", "1.bias");
      assertThatThrownBy(() -> net.convert(DType.FLOAT16))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              """
              block: parameters cannot be float16
                rule    float32 or float64""");
    }
  }

  @Test
  void modesReachEveryBlock() {
    try (Sequential net = smallNet(1)) {
      assertThat(net.layers()).allMatch(Layer::isTraining);
      net.eval();
      assertThat(net.isTraining()).isFalse();
      assertThat(net.layers()).noneMatch(Layer::isTraining);
      net.train();
      assertThat(net.layers()).allMatch(Layer::isTraining);
    }
  }

  @Test
  void sequentialClosesResultsOnceTheyAreUsed() {
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.ones(1, 1024);
      Sequential net =
          Sequential.of(
              new ActivationLayer(UnaryOp.EXP),
              new ActivationLayer(UnaryOp.NEGATE),
              new ActivationLayer(UnaryOp.EXP));
      long before = Backends.current().memory().live();
      net.apply(x);
      assertThat(Backends.current().memory().live() - before).isEqualTo(4096);
      assertThat(x.isClosed()).isFalse();
    }
  }

  @Test
  void anEmptySequentialGivesAHandleOfItsOwn() {
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.ones(3).track();
      Tensor y = Sequential.of().apply(x);
      assertThat(y).isNotSameAs(x);
      assertThat(y.multiply(3).sum().backward().of(x).toFloats()).containsOnly(3);
      y.close();
      assertThat(x.toFloats()).containsOnly(1);
    }
  }

  @Test
  void residualsAddWhatTheBodyChanges() {
    try (TensorScope _ = TensorScope.open("test");
        Residual residual = new Residual(new ActivationLayer(UnaryOp.SQUARE))) {
      Tensor x = Tensor.of(new float[] {1, 2, -3}, 3).track();
      Tensor y = residual.apply(x);
      assertThat(y.toFloats()).containsExactly(2, 6, 6);
      assertThat(y.sum().backward().of(x).toFloats()).containsExactly(3, 5, -5);
    }
  }

  @Test
  void residualsRefuseToBroadcast() {
    try (TensorScope _ = TensorScope.open("test");
        Residual residual =
            new Residual(new Conv2dLayer(3, 1, 1, Conv2dParams.DEFAULT, new RandomSource(1)))) {
      Tensor x = Tensor.ones(1, 3, 2, 2);
      assertThatThrownBy(() -> residual.apply(x))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              """
              residual: body and shortcut give different shapes
                input   [1, 3, 2, 2]
                body    [1, 1, 2, 2]
                around  [1, 3, 2, 2]
                rule    equal shapes
                hint    give a shortcut that changes the shape as the body does""");
    }
  }

  @Test
  void dropoutDrawsAnewInTrainingAndPassesInEvaluation() {
    try (TensorScope _ = TensorScope.open("test");
        DropoutLayer dropout = new DropoutLayer(0.25, new RandomSource(1))) {
      Tensor x = Tensor.ones(40, 50).track();
      Tensor first = dropout.apply(x);
      // The share of zeros among 2000 has a standard deviation of 0.01.
      assertThat(first.mean().item()).isBetween(0.95, 1.05);
      assertThat(dropout.apply(x).toFloats()).isNotEqualTo(first.toFloats());
      assertThat(first.sum().backward().of(x).toFloats()).isEqualTo(first.toFloats());
      dropout.eval();
      assertThat(dropout.apply(x).toFloats()).containsOnly(1);
    }
  }

  @Test
  void dropoutRepeatsItselfUnderACheckpoint() {
    float[][] gradients = new float[2][];
    for (int run = 0; run < 2; run++) {
      try (TensorScope _ = TensorScope.open("test");
          DropoutLayer dropout = new DropoutLayer(0.5, new RandomSource(1))) {
        Tensor x = Tensor.randomNormal(2, 64).track();
        Tensor y =
            run == 0
                ? dropout.apply(x.square())
                : Checkpoint.apply(v -> dropout.apply(v.square()), x);
        gradients[run] = y.sum().backward().of(x).toFloats();
      }
    }
    assertThat(gradients[1]).isEqualTo(gradients[0]).contains(0);
  }

  @Test
  void transposedConvolutionsEnlarge() {
    try (TensorScope _ = TensorScope.open("test");
        ConvTranspose2dLayer layer =
            new ConvTranspose2dLayer(
                4,
                6,
                4,
                ConvTranspose2dParams.of(
                    Conv2dParams.DEFAULT.withStride(2).withPadding(1).withGroups(2)),
                new RandomSource(1))) {
      assertThat(layer.weight().shape()).isEqualTo(Shape.of(4, 3, 4, 4));
      assertThat(layer.apply(Tensor.ones(1, 4, 5, 7)).shape()).isEqualTo(Shape.of(1, 6, 10, 14));
      assertThat(layer)
          .hasToString(
              "ConvTranspose2dLayer(4 → 6, kernel 4×4, stride 2×2, zero padding 1, groups 2)");
    }
  }

  @Test
  void adaptivePoolingGivesOneSizeForAllImages() {
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 9}, 1, 1, 2, 3);
      assertThat(new AdaptiveAvgPool2dLayer(1, 1).apply(x).toFloats()).containsExactly(4);
      assertThat(new AdaptiveMaxPool2dLayer(2, 1).apply(x).toFloats()).containsExactly(3, 9);
    }
  }

  @Test
  void imagesAreEnlargedAndFlattened() {
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.of(new float[] {1, 2}, 1, 1, 1, 2);
      Layer net = Sequential.of(new UpsampleLayer(2, Interpolation.NEAREST), new FlattenLayer());
      assertThat(net.apply(x).toFloats()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
      assertThat(new FlattenLayer().apply(Tensor.zeros(0, 2, 3)).shape()).isEqualTo(Shape.of(0, 6));
    }
  }

  @Test
  void aConstructorThatFailsLeavesNothing() {
    Initialiser fails =
        (shape, philox) -> {
          throw new IllegalStateException("no bias");
        };
    assertThatThrownBy(
            () -> new LinearLayer(3, 2, Initialiser.constant(1), fails, new RandomSource(1)))
        .hasMessage("no bias");
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  @Test
  void aCheckpointedBatchMovesTheRunningMomentsOnce() {
    try (BatchNorm2dLayer norm = new BatchNorm2dLayer(2);
        TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.randomNormal(1, 3, 2, 4, 4).track();
      Checkpoint.apply(v -> norm.apply(v.square()), x).square().sum().backward();
      Tensor batches = norm.buffers().sequencedValues().getLast();
      assertThat(batches.item()).isEqualTo(1);
    }
  }

  @Test
  void namesAreUniqueAndWithoutDots() {
    RandomSource random = new RandomSource(1);
    Layer layer = ActivationLayer.relu();
    assertThatThrownBy(() -> Sequential.builder().add("a", layer).add("a", layer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequential: two layers are named 'a'");
    assertThatThrownBy(() -> Sequential.builder().add("a.b", layer).build())
        .hasMessage(
            """
            block: the name 'a.b' does not name a part
              block   Sequential
              rule    each parameter, buffer and child has a name of its own, not empty and without\
             dots""");
    try (Sequential _ = Sequential.of(layer)) {
      assertThatThrownBy(() -> new Residual(layer))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a block has one parent");
    }
    assertThatThrownBy(() -> new Conv2dLayer(3, 4, 3, Conv2dParams.DEFAULT.withGroups(2), random))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            """
            conv2d layer: no weight has this shape
              weight  4 and 3 channels, kernel 3×3, 2 groups
              rule    all at least 1, groups divide both numbers of channels""");
  }

  @Test
  void aLayerMustNotReturnItsInput() {
    Layer identity =
        new Layer() {
          @Override
          protected Tensor forward(Tensor x) {
            return x;
          }

          @Override
          protected String kind() {
            return "Identity";
          }
        };
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.ones(1);
      assertThatThrownBy(() -> identity.apply(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("layer   Identity");
    }
  }

  @Test
  void linearLayersNameWhatDoesNotFit() {
    try (LinearLayer linear = new LinearLayer(3, 2, new RandomSource(1));
        TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.ones(4, 5);
      assertThatThrownBy(() -> linear.apply(x))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              """
              linear layer: the input does not fit the weight
                input   [4, 5]  (…, inputs)
                weight  [2, 3]  (outputs, inputs)
                rule    two axes or more, the last of length 3
                hint    put a FlattenLayer after the last layer of images""");
    }
  }

  @Test
  void descriptionsShowShapesAndParameters() {
    try (Sequential net = smallNet(1)) {
      net.layers().getFirst().eval();
      assertThat(net.describe(7, 2, 4, 4))
          .isEqualTo(
              """
              layer       kind                                            output        parameters
                          Sequential                                      [7, 5]                 0
              features    Sequential                                      [7, 3, 2, 2]           0
              features.0  Conv2dLayer(2 → 3, kernel 3×3, zero padding 1)  [7, 3, 4, 4]          57
              features.1  ActivationLayer(relu)                           [7, 3, 4, 4]           0
              features.2  MaxPool2dLayer(window 2×2)                      [7, 3, 2, 2]           0
              flatten     FlattenLayer                                    [7, 12]                0
              classifier  LinearLayer(12 → 5)                             [7, 5]                65
              122 parameters, 122 of them trainable; 488 bytes with buffers""");
      assertThat(net.isTraining()).isTrue();
      assertThat(net.layers().getFirst().isTraining()).isFalse();
      assertThat(net)
          .hasToString(
              """
              Sequential
                features: Sequential
                  0: Conv2dLayer(2 → 3, kernel 3×3, zero padding 1)
                  1: ActivationLayer(relu)
                  2: MaxPool2dLayer(window 2×2)
                flatten: FlattenLayer
                classifier: LinearLayer(12 → 5)""");
    }
  }
}

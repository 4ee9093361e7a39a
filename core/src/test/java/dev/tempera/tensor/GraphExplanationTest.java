package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.Conv2d;
import dev.tempera.op.MaxPool2d;
import dev.tempera.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

class GraphExplanationTest {
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  @Test
  void everyOperationHasALine() {
    try (Backends.Choice _ = Backends.use(new ReferenceBackend());
        TensorScope _ = TensorScope.open("test")) {
      Tensor image = Tensor.randomNormal(1, 1, 3, 8, 8).track("image");
      Tensor weight = Tensor.randomNormal(2, 4, 3, 3, 3).track("weight");
      Tensor frozen = Tensor.randomNormal(3, 4, 4, 3, 3).freeze();
      Tensor y = Conv2d.applyRelu(image, weight, null, SAME);
      y = Conv2d.apply(y, frozen, null, SAME);
      y = MaxPool2d.apply(y, Pool2dParams.of(2));
      Tensor loss = y.multiply(y).sum();
      assertThat(loss.explain())
          .isEqualTo(
              """
              #  operation    value                from  bytes  kept for the gradient
              0  leaf image   float32[1, 3, 8, 8]
              1  leaf weight  float32[4, 3, 3, 3]
              2  conv2d       float32[1, 4, 8, 8]  0 1   1,456  mask or positions 256; leaf float32[1, 3, 8, 8] 768; leaf float32[4, 3, 3, 3] 432
              3  conv2d       float32[1, 4, 8, 8]  2 ·     576  constant float32[4, 4, 3, 3] 576
              4  maxPool2d    float32[1, 4, 4, 4]  3        64  mask or positions 64
              5  multiply     float32[1, 4, 4, 4]  4 4     256  input float32[1, 4, 4, 4] 256; input float32[1, 4, 4, 4] (counted above)
              6  sum          float32[1, 1, 1, 1]  5
              7  reshape      float32[]            6
              6 operations, 2 leaves, 2,352 bytes kept in 6 blocks
              """);
    }
  }

  @Test
  void theTotalIsWhatIsHeldBesideTheHandles() {
    ReferenceBackend backend = new ReferenceBackend();
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.randomNormal(1, 100).track();
      long before = backend.memory().live();
      Tensor loss;
      try (TensorScope step = TensorScope.open("step")) {
        loss = step.keep(x.exp().tanh().relu().sum());
      }
      long held = backend.memory().live() - before - Float.BYTES;
      assertThat(loss.explain()).endsWith(", " + held + " bytes kept in 3 blocks\n");
    }
  }

  @Test
  void checkpointedSegmentsKeepTheirInputs() {
    try (Backends.Choice _ = Backends.use(new ReferenceBackend());
        TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.ones(100).track();
      Tensor y = Checkpoint.apply(in -> in.exp().tanh(), x.multiply(2));
      assertThat(y.explain())
          .contains("checkpointed float32[100] 400")
          .endsWith("3 operations, 1 leaf, 400 bytes kept in 1 block\n");
    }
  }

  @Test
  void consumedAndUntrackedValuesSaySo() {
    try (Backends.Choice _ = Backends.use(new ReferenceBackend());
        TensorScope _ = TensorScope.open("test")) {
      Tensor x = Tensor.ones(3).track();
      Tensor loss = x.exp().sum();
      loss.backward();
      assertThat(loss.explain()).endsWith("0 bytes kept in 0 blocks\n");
      assertThat(Tensor.ones(3).explain()).isEqualTo("float32[3]: nothing was recorded\n");
    }
  }
}

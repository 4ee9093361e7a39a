package dev.tempera.cpu;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.DType;
import dev.tempera.op.Conv2d;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.Numbers;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forms of a frozen weight that a kernel keeps are told apart by everything they depend on. */
@ExtendWith(LeakCheck.class)
class CpuFrozenWeightTest {
  private static final Tolerance TOLERANCE = Tolerance.sumOf(9 * 32).withFloor(1);

  private final CpuBackend backend = new CpuBackend(new CpuOptions(2));

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @Test
  void oneStorageServesSeveralConvolutions() {
    List<Numbers> expected = convolutions(Backends.named("reference"));
    List<Numbers> actual = convolutions(backend);
    for (int i = 0; i < expected.size(); i++) {
      actual.get(i).requireClose("result " + i, expected.get(i), TOLERANCE);
    }
  }

  @Test
  void formsThatAreNotKeptGiveTheSameBits() {
    List<Numbers> expected = convolutions(backend);
    try (CpuBackend lean = new CpuBackend(new CpuOptions(2).withMemory(MemoryUse.LEAN))) {
      List<Numbers> actual = convolutions(lean);
      for (int i = 0; i < expected.size(); i++) {
        actual.get(i).requireClose("result " + i, expected.get(i), Tolerance.EXACT);
      }
    }
  }

  /** Values and gradients of convolutions whose weights are different views of one storage. */
  private static List<Numbers> convolutions(Backend backend) {
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("convolutions")) {
      Tensor storage = Tensor.randomNormal(1, 64, 32, 3, 3).freeze();
      Tensor wide = Tensor.randomNormal(2, 1, 32, 6, 7);
      Tensor upper = storage.slice(0, 0, 32);
      Tensor lower = storage.slice(0, 32, 64);
      Tensor exchanged = lower.permute(1, 0, 2, 3);
      Tensor flipped = lower.permute(0, 1, 3, 2);
      Conv2dParams same = Conv2dParams.DEFAULT.withPadding(1);
      List<Numbers> results = new ArrayList<>();
      for (Tensor weight : List.of(upper, lower, exchanged, flipped, lower, upper)) {
        add(results, wide, weight, same);
        add(results, wide, weight, same.withStride(2));
        add(results, wide, weight, same.withDilation(2));
      }
      Tensor grouped = Tensor.randomNormal(3, 1, 64, 5, 4);
      add(results, grouped, storage, same.withGroups(2));
      add(results, wide, storage, same);
      return results;
    }
  }

  private static void add(List<Numbers> results, Tensor image, Tensor weight, Conv2dParams params) {
    Tensor x = image.track();
    Tensor y = Conv2d.apply(x, weight, null, params);
    Tensor seed = Tensor.randomNormal(4, y.shape().toArray()).to(DType.FLOAT32);
    Gradients gradients = y.backward(seed, BackwardMode.CONSUME);
    results.add(Numbers.of(y));
    results.add(Numbers.of(gradients.of(x)));
  }
}

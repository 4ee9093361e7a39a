package dev.tempera.op;

import dev.tempera.backend.Activated;
import dev.tempera.data.Mask;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** The rectifier, max(x, 0). Its gradient passes where x > 0; it keeps one bit an element. */
public final class Relu {
  private Relu() {}

  /** max(x, 0) of every element. */
  public static Tensor apply(Tensor x) {
    Recording recording = Recording.of("relu", x);
    Unary.requireComputable("relu", x);
    Activated activated = recording.backend().relu(x.view(), recording.isActive());
    Mask mask = activated.mask();
    if (mask == null) {
      return recording.untracked(activated.value());
    }
    recording.keep(mask.storage());
    return recording.result(
        activated.value(), (gradient, into) -> into.add(0, () -> ApplyMask.apply(gradient, mask)));
  }
}

package dev.tempera.forecast;

import dev.tempera.backend.Backend;
import dev.tempera.backend.MemoryModel;
import dev.tempera.data.Device;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * A backend that computes nothing: results have shapes, types and memory orders, and count the
 * bytes that another backend would spend on them, but have no content.
 *
 * <p>Whoever reads a value all the same, with {@code item()} for example, gets 1 for real numbers
 * and 0 for whole numbers and bools: numbers that are finite, can be divided by, and are valid
 * positions and labels. A program whose course depends on values may therefore take another course
 * than with real ones.
 */
public final class NullBackend
    implements Backend,
        NullElementwise,
        NullReduce,
        NullMatmul,
        NullConv,
        NullPool,
        NullNorm,
        NullResample,
        NullRandom,
        NullIndex,
        NullScan,
        NullSoftmax,
        NullSort,
        NullOptimizer {
  private final Ledger ledger;

  private NullBackend(MemoryModel model) {
    ledger = new Ledger(model);
  }

  /** A backend that spends memory as another does, beginning with none. */
  public static NullBackend like(Backend other) {
    return new NullBackend(other.memoryModel());
  }

  /** What was counted so far. */
  MemoryForecast forecast() {
    return MemoryForecast.of(ledger);
  }

  /** A view without content in the place of another's, on a block of the same size. */
  View standIn(View other) {
    Shape block = Shape.of(Math.toIntExact(other.storage().byteSize() / other.dtype().byteSize()));
    return View.of(
        make("stand-in", other.dtype(), block, MemoryOrder.ROW_MAJOR).storage(),
        other.dtype(),
        other.shape(),
        other.strides(),
        other.offset());
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public String name() {
    return "null";
  }

  @Override
  public Device device() {
    return NullStorage.NOWHERE;
  }

  @Override
  public String description() {
    return "counts bytes and computes nothing";
  }

  @Override
  public MemoryModel memoryModel() {
    return ledger.model();
  }
}

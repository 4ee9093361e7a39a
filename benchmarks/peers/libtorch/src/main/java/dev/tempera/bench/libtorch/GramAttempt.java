package dev.tempera.bench.libtorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.GramProduct;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Gram matrix as a plain product, or its gradient. */
final class GramAttempt implements Attempt {
  private final GramProduct gram;
  private final LibtorchOperands operands;
  private final PtNDArray pixels;
  private final PtNDArray features;
  private @Nullable PtNDArray latest;

  GramAttempt(GramProduct gram, LibtorchOperands operands) {
    this.gram = gram;
    this.operands = operands;
    PtNDArray rows = JniUtils.permute(operands.array("features"), new long[] {0, 2, 3, 1});
    pixels = JniUtils.reshape(rows, new long[] {-1, gram.channels()});
    features = JniUtils.transpose(pixels, 0, 1);
  }

  @Override
  public double run() {
    if (latest != null) {
      latest.close();
    }
    JniUtils.setGradMode(false);
    long start = System.nanoTime();
    if (gram.backward()) {
      PtNDArray gradient = operands.array("gradient");
      PtNDArray turned = JniUtils.transpose(gradient, 0, 1);
      PtNDArray symmetric = JniUtils.add(gradient, turned);
      latest = JniUtils.matmul(pixels, symmetric);
      symmetric.close();
      turned.close();
    } else {
      latest = JniUtils.matmul(features, pixels);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** Either result lies in memory as it is compared. */
  @Override
  public float[] result() {
    return LibtorchOperands.floats(
        Objects.requireNonNull(latest), dev.tempera.data.MemoryOrder.ROW_MAJOR);
  }

  @Override
  public void close() {
    operands.close();
  }
}

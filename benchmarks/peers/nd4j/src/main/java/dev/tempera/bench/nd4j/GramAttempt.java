package dev.tempera.bench.nd4j;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.GramProduct;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The Gram matrix as a plain product, or its gradient, of features that lie pixels × channels.
 * Results are column-major, as ND4J's products want them: a gradient of channels × pixels then lies
 * channels-last too.
 */
final class GramAttempt implements Attempt {
  private final boolean backward;
  private final Arrays arrays;
  private final INDArray pixels;
  private final INDArray symmetric;
  private final INDArray result;

  GramAttempt(GramProduct gram, Arrays arrays) {
    this.arrays = arrays;
    backward = gram.backward();
    long channels = gram.channels();
    long count = (long) gram.side() * gram.side();
    pixels = arrays.operand("features").reshape(count, channels);
    symmetric = arrays.computed('c', channels, channels);
    result = arrays.computed('f', channels, backward ? count : channels);
  }

  @Override
  public double run() {
    long start = System.nanoTime();
    if (backward) {
      INDArray gradient = arrays.operand("gradient");
      gradient.add(gradient.transpose(), symmetric);
      Nd4j.gemm(symmetric, pixels, result, false, true, 1, 0);
    } else {
      Nd4j.gemm(pixels, pixels, result, true, false, 1, 0);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public float[] result() {
    return Arrays.stored(result);
  }

  @Override
  public void close() {
    arrays.close();
  }
}

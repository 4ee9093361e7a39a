package dev.tempera.nn;

import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;

/** Makes the first values of a parameter. */
@FunctionalInterface
public interface Initialiser {
  /**
   * New values, float32 unless said otherwise.
   *
   * @param philox the same values come from the same generator, on every backend
   * @return a tensor of its own, in the innermost scope
   */
  Tensor create(Shape shape, Philox philox);

  /** The same values in another element type. */
  default Initialiser in(DType dtype) {
    return (shape, philox) -> create(shape, philox).to(dtype);
  }

  /** One value throughout. */
  static Initialiser constant(double value) {
    return (shape, philox) -> Tensor.filled(DType.FLOAT32, shape, value);
  }

  /** Independent numbers from one distribution. */
  static Initialiser of(Distribution distribution) {
    return (shape, philox) -> Tensor.random(distribution, philox, DType.FLOAT32, shape);
  }

  /** The normal distribution. */
  static Initialiser normal(double mean, double deviation) {
    return of(new Distribution.Normal(mean, deviation));
  }

  /** The normal distribution as far as it lies between two bounds. */
  static Initialiser truncatedNormal(double mean, double deviation, double low, double high) {
    return of(new Distribution.TruncatedNormal(mean, deviation, low, high));
  }

  /** The uniform distribution between two numbers. */
  static Initialiser uniform(double low, double high) {
    return of(new Distribution.Uniform(low, high));
  }

  /**
   * Kaiming initialisation (He et al., "Delving deep into rectifiers", 2015, equation 10) for
   * layers followed by a rectifier: normal with variance 2 / fan in.
   */
  static Initialiser kaimingNormal() {
    return VarianceScaling.normal(FanMode.IN, VarianceScaling.RELU_GAIN);
  }

  /** The same variance as {@link #kaimingNormal} from a uniform distribution. */
  static Initialiser kaimingUniform() {
    return VarianceScaling.uniform(FanMode.IN, VarianceScaling.RELU_GAIN);
  }

  /**
   * Xavier initialisation (Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks", 2010): normal with variance 2 / (fan in + fan out).
   */
  static Initialiser xavierNormal() {
    return VarianceScaling.normal(FanMode.AVERAGE, 1);
  }

  /** The same variance as {@link #xavierNormal} from a uniform distribution (equation 16 there). */
  static Initialiser xavierUniform() {
    return VarianceScaling.uniform(FanMode.AVERAGE, 1);
  }

  /**
   * Orthonormal rows or columns, whichever are fewer (Saxe, McClelland and Ganguli, "Exact
   * solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014). All
   * axes but the first are taken as one.
   *
   * @param gain what the matrix is multiplied by
   */
  static Initialiser orthogonal(double gain) {
    return (shape, philox) -> OrthogonalMatrix.random(shape, philox).multiply(gain);
  }
}

package dev.tempera.nn;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;

/** Makes the first values of a parameter. */
@FunctionalInterface
public interface Initialiser {
  /**
   * New values, float32 unless said otherwise.
   *
   * @param seed the same values come from the same seed, on every backend
   * @return a tensor of its own, in the innermost scope
   */
  Tensor create(Shape shape, long seed);

  /** The same values in another element type. */
  default Initialiser in(DType dtype) {
    return (shape, seed) -> create(shape, seed).to(dtype);
  }

  /** One value throughout. */
  static Initialiser constant(double value) {
    return (shape, seed) -> Tensor.filled(DType.FLOAT32, shape, value);
  }

  /** The normal distribution. */
  static Initialiser normal(double mean, double standardDeviation) {
    return (shape, seed) ->
        Tensor.randomNormal(seed, shape.toArray()).multiply(standardDeviation).add(mean);
  }

  /** The uniform distribution between two numbers. */
  static Initialiser uniform(double low, double high) {
    return (shape, seed) ->
        Tensor.randomUniform(seed, shape.toArray()).multiply(high - low).add(low);
  }

  /**
   * Kaiming initialisation (He et al., "Delving deep into rectifiers", 2015, equation 10) for
   * layers followed by a rectifier: normal with variance 2 / fan in.
   */
  static Initialiser kaimingNormal() {
    return new VarianceScaling(FanMode.IN, VarianceScaling.RELU_GAIN, Distribution.NORMAL);
  }

  /** The same variance as {@link #kaimingNormal} from a uniform distribution. */
  static Initialiser kaimingUniform() {
    return new VarianceScaling(FanMode.IN, VarianceScaling.RELU_GAIN, Distribution.UNIFORM);
  }

  /**
   * Xavier initialisation (Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks", 2010): normal with variance 2 / (fan in + fan out).
   */
  static Initialiser xavierNormal() {
    return new VarianceScaling(FanMode.AVERAGE, 1, Distribution.NORMAL);
  }

  /** The same variance as {@link #xavierNormal} from a uniform distribution (equation 16 there). */
  static Initialiser xavierUniform() {
    return new VarianceScaling(FanMode.AVERAGE, 1, Distribution.UNIFORM);
  }

  /**
   * Orthonormal rows or columns, whichever are fewer (Saxe, McClelland and Ganguli, "Exact
   * solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014). All
   * axes but the first are taken as one.
   *
   * @param gain what the matrix is multiplied by
   */
  static Initialiser orthogonal(double gain) {
    return (shape, seed) -> OrthogonalMatrix.random(shape, seed).multiply(gain);
  }
}

package dev.tempera.nn;

import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/**
 * Random matrices with orthonormal rows or columns, uniform among all of them: the Q of a QR
 * decomposition of normal numbers, with the signs that make R's diagonal positive (Mezzadri, "How
 * to generate random matrices from the classical compact groups", 2007).
 */
final class OrthogonalMatrix {
  private OrthogonalMatrix() {}

  /**
   * A random tensor whose first axis counts rows and whose others together count columns.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  static Tensor random(Shape shape, Philox philox) {
    if (shape.rank() < 2) {
      throw new ShapeException(
          "orthogonal: a matrix needs two axes\n  weight  " + shape + "  (outputs, inputs, …)");
    }
    int rows = shape.dim(0);
    int size = Math.toIntExact(shape.size());
    int columns = rows == 0 ? 0 : size / rows;
    boolean wide = columns > rows;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    float[] normal = philox.normal(size);
    double[][] vectors = new double[count][length];
    for (int i = 0; i < size; i++) {
      vectors[i / length][i % length] = normal[i];
    }
    orthonormalise(vectors);
    float[] values = new float[size];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        values[wide ? i * columns + j : j * columns + i] = (float) vectors[i][j];
      }
    }
    return Tensor.of(values, shape.toArray());
  }

  /**
   * Makes each vector a unit vector at right angles to those before it, by the modified
   * Gram-Schmidt process, twice over each ("twice is enough": Giraud et al., 2005).
   */
  private static void orthonormalise(double[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          addScaled(vectors[i], vectors[j], -dot(vectors[i], vectors[j]));
        }
      }
      double norm = Math.sqrt(dot(vectors[i], vectors[i]));
      for (int k = 0; k < vectors[i].length; k++) {
        vectors[i][k] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void addScaled(double[] target, double[] direction, double scale) {
    for (int k = 0; k < target.length; k++) {
      target[k] += scale * direction[k];
    }
  }
}

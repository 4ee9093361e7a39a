package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tempera.data.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Compares with what NumPy 2.4 writes for the same arrays: its {@code array2string} with the prefix
 * {@code tensor(}, and what {@code repr} puts behind it.
 */
class TensorPrinterTest {
  private static Map<String, String> expected() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(TensorPrinterTest.class.getResourceAsStream("/numpy-print.txt"))) {
      Map<String, String> cases = new LinkedHashMap<>();
      for (String part :
          new String(text.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n?## ", -1)) {
        int end = part.indexOf('\n');
        if (end > 0) {
          cases.put(part.substring(0, end), part.substring(end + 1));
        }
      }
      return cases;
    }
  }

  private static Tensor floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, floats.length);
  }

  private static Tensor counted(int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, shape);
  }

  private static Tensor mixed() {
    double[] values = new double[63];
    Arrays.setAll(values, i -> ((i * 7919) % 1000 - 500) / (1.0 + (i * 31) % 97));
    return floats(values).reshape(7, 9);
  }

  private static double[] fractions(int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> i * (1.0 / (count - 1)));
    return values;
  }

  private static Map<String, Tensor> realCases() {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    Map<String, Tensor> cases = new HashMap<>();
    cases.put("scalar", Tensor.scalar(1.5f));
    cases.put("nan scalar", Tensor.scalar(Float.NaN));
    cases.put("small scalar", Tensor.scalar(1e-7f));
    cases.put("large scalar", Tensor.scalar(123456792));
    cases.put("tenth", Tensor.scalar(0.1f));
    cases.put("whole numbers", floats(1, 2, 3));
    cases.put("eight digits", floats(1.5727606, 3.7963529, 8.695179));
    cases.put("signs", floats(1, -2.5, 3.25, 4).reshape(2, 2));
    cases.put("far apart", floats(1e-5, 1, 100));
    cases.put("large", floats(1e9, 1));
    cases.put("limit of small", floats(1e-4, 1e-3));
    cases.put("not finite", floats(0.1, 0.2, nan, infinity, -infinity));
    cases.put("only nan", floats(nan));
    cases.put("nan and infinity", floats(nan, infinity));
    cases.put("nan and large", floats(nan, 1e10, -infinity));
    cases.put("signed zeros", floats(-0.0, 0));
    cases.put("seven digits", floats(1234567, 0.5));
    cases.put("empty", floats());
    cases.put("no rows", Tensor.zeros(2, 0, 3));
    cases.put("long", counted(1001));
    cases.put("matrix", floats(fractions(20)));
    cases.put("cube", counted(2, 3, 4));
    cases.put("large cube", counted(10, 20, 30).divide(Tensor.scalar(7)));
    cases.put("tall", counted(600, 2));
    cases.put("mixed", mixed());
    cases.put("ones", Tensor.ones(1, 1, 1));
    cases.put("float64", Tensor.of(fractions(7), 7));
    cases.put("float64 rounded", Tensor.of(new double[] {1 / 3.0, 1e-3, 12345.678}, 3));
    cases.put("float64 extremes", Tensor.of(new double[] {1e300, 1e-300, -Double.MIN_VALUE}, 3));
    cases.put("float64 whole", Tensor.of(new double[] {1e16, 1}, 2));
    cases.put("float64 carried", Tensor.of(new double[] {9.99999999999, 1}, 2));
    cases.put("float16", floats(0.1, 65504, 6e-8).to(DType.FLOAT16));
    cases.put("float16 tenths", floats(0.1, 0.2).to(DType.FLOAT16));
    cases.put("float16 large", floats(65504, 1000).to(DType.FLOAT16));
    return cases;
  }

  private static Map<String, Tensor> wholeCases() {
    Map<String, Tensor> cases = new HashMap<>();
    cases.put("int32", counted(30).to(DType.INT32));
    cases.put("int64", Tensor.of(new long[] {-1, 100, 3}, 3));
    cases.put("int64 ends", Tensor.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE}, 2));
    cases.put("uint8", floats(255, 3).to(DType.UINT8));
    cases.put("int32 scalar", Tensor.of(new int[] {7}));
    cases.put("large int32", counted(100, 100).to(DType.INT32));
    cases.put("bool", floats(1, 0).to(DType.BOOL));
    cases.put("bool column", floats(1, 0).reshape(2, 1).to(DType.BOOL));
    cases.put("bool scalar", Tensor.scalar(1).to(DType.BOOL));
    return cases;
  }

  @Test
  void writesWhatNumpyWrites() throws IOException {
    TensorFormat plain = TensorFormat.DEFAULT;
    try (TensorScope _ = TensorScope.open("test")) {
      Map<String, String> actual = new HashMap<>();
      realCases().forEach((name, tensor) -> actual.put(name, tensor.toString()));
      wholeCases().forEach((name, tensor) -> actual.put(name, tensor.toString()));
      actual.put("precision 3", mixed().toString(plain.withPrecision(3)));
      actual.put(
          "precision 2 scientific",
          Tensor.of(new double[] {1 / 3.0, 1e-3, 12345.678}, 3).toString(plain.withPrecision(2)));
      actual.put("suppressed", floats(1e-5, 1, 100).toString(plain.withSuppressScientific(true)));
      actual.put("narrow", mixed().toString(new TensorFormat(8, 1000, 3, 40, false)));
      actual.put(
          "two at the ends", counted(2, 3, 4).toString(new TensorFormat(8, 10, 1, 75, false)));
      Map<String, String> expected = expected();
      assertThat(actual.keySet()).isEqualTo(expected.keySet());
      expected.forEach((name, text) -> assertThat(actual.get(name)).as(name).isEqualTo(text));
    }
  }

  @Test
  void writesTypesThatNumpyHasNot() {
    try (Tensor tensor = floats(0.1, 3.14159, 1).to(DType.BFLOAT16)) {
      assertThat(tensor.toString()).isEqualTo("tensor([0.1 , 3.14, 1.  ], dtype=bfloat16)");
    }
  }

  @Test
  void writesViewsAndLeavesNothingBehind() {
    try (Tensor matrix = counted(40, 50);
        Tensor turned = matrix.transpose()) {
      long before = matrix.backend().memory().storages();
      assertThat(turned.toString())
          .startsWith("tensor([[0.000e+00, 5.000e+01, 1.000e+02, ..., 1.850e+03,");
      assertThat(matrix.backend().memory().storages()).isEqualTo(before);
    }
  }

  @Test
  void saysThatATensorIsClosed() {
    Tensor tensor = Tensor.zeros(2, 3);
    tensor.close();
    assertThat(tensor.toString()).isEqualTo("closed float32[2, 3]");
  }

  @Test
  void refusesFormatsThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TensorFormat(-1, 1000, 3, 75, false))
        .withMessageContaining("precision -1");
  }
}

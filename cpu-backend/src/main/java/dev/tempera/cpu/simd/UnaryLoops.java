package dev.tempera.cpu.simd;

import dev.tempera.backend.SeluConstants;
import dev.tempera.backend.UnaryOp;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The elementwise functions of one operand, in float32; operand 0 is read, operand 1 written.
 *
 * <p>Each function has a loop of its own, so that each is compiled for itself.
 */
public final class UnaryLoops {
  /** From here on every float32 is an integer. */
  private static final float FIRST_WITHOUT_FRACTION = 0x1p23f;

  private UnaryLoops() {}

  /** The loop of a function with its parameters. */
  public static FlatLoop of(UnaryOp op, double parameterA, double parameterB) {
    float a = (float) parameterA;
    float b = (float) parameterB;
    return switch (op) {
      case NEGATE -> (at, n) -> negate(at[0], at[1], n);
      case ABSOLUTE -> (at, n) -> absolute(at[0], at[1], n);
      case SIGN -> (at, n) -> sign(at[0], at[1], n);
      case SQUARE -> (at, n) -> square(at[0], at[1], n);
      case SQUARE_ROOT -> (at, n) -> squareRoot(at[0], at[1], n);
      case RECIPROCAL_SQUARE_ROOT -> (at, n) -> reciprocalSquareRoot(at[0], at[1], n);
      case RECIPROCAL -> (at, n) -> reciprocal(at[0], at[1], n);
      case EXP -> (at, n) -> ExponentialLoops.exp(at[0], at[1], n);
      case EXPM1 -> (at, n) -> ExponentialLoops.expm1(at[0], at[1], n);
      case LOG -> (at, n) -> ExponentialLoops.log(at[0], at[1], n);
      case LOG1P -> (at, n) -> ExponentialLoops.log1p(at[0], at[1], n);
      case SIN -> (at, n) -> TrigonometryLoops.sin(at[0], at[1], n);
      case COS -> (at, n) -> TrigonometryLoops.cos(at[0], at[1], n);
      case TANH -> (at, n) -> LogisticLoops.tanh(at[0], at[1], n);
      case SIGMOID -> (at, n) -> LogisticLoops.sigmoid(at[0], at[1], n);
      case ERF -> (at, n) -> ErrorFunctionLoops.erf(at[0], at[1], n);
      case RELU -> (at, n) -> relu(at[0], at[1], n);
      case STEP -> (at, n) -> step(at[0], at[1], n);
      case LEAKY_RELU -> (at, n) -> leakyRelu(at[0], at[1], n, a);
      case ELU -> (at, n) -> LogisticLoops.exponentialLinear(at[0], at[1], n, 1f, a);
      case SELU ->
          (at, n) ->
              LogisticLoops.exponentialLinear(
                  at[0], at[1], n, (float) SeluConstants.LAMBDA, (float) SeluConstants.ALPHA);
      case GELU -> (at, n) -> ErrorFunctionLoops.gelu(at[0], at[1], n);
      case GELU_TANH -> (at, n) -> LogisticLoops.geluTanh(at[0], at[1], n);
      case SILU -> (at, n) -> LogisticLoops.silu(at[0], at[1], n);
      case SOFTPLUS -> (at, n) -> LogisticLoops.softplus(at[0], at[1], n);
      case HARD_SIGMOID -> (at, n) -> hardSigmoid(at[0], at[1], n);
      case HARD_SWISH -> (at, n) -> hardSwish(at[0], at[1], n);
      case FLOOR -> (at, n) -> floor(at[0], at[1], n);
      case ROUND -> (at, n) -> round(at[0], at[1], n);
      case ADD_SCALAR -> (at, n) -> addScalar(at[0], at[1], n, a);
      case MULTIPLY_SCALAR -> (at, n) -> multiplyScalar(at[0], at[1], n, a);
      case POWER_SCALAR -> (at, n) -> powerScalar(at[0], at[1], n, parameterA);
      case CLAMP -> (at, n) -> clamp(at[0], at[1], n, a, b);
      case WITHIN -> (at, n) -> within(at[0], at[1], n, a, b);
    };
  }

  private static void negate(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).neg(), y + i);
    }
  }

  private static void absolute(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).abs(), y + i);
    }
  }

  private static void sign(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      FloatVector positive = v.blend(1f, v.compare(VectorOperators.GT, 0f));
      Lanes.store(positive.blend(-1f, v.compare(VectorOperators.LT, 0f)), y + i);
    }
  }

  private static void square(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      Lanes.store(v.mul(v), y + i);
    }
  }

  private static void squareRoot(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).sqrt(), y + i);
    }
  }

  /** Within 1.5 units in the last place. */
  private static void reciprocalSquareRoot(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    FloatVector one = FloatVector.broadcast(Lanes.FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(one.div(Lanes.load(x + i).sqrt()), y + i);
    }
  }

  private static void reciprocal(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    FloatVector one = FloatVector.broadcast(Lanes.FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(one.div(Lanes.load(x + i)), y + i);
    }
  }

  private static void relu(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      Lanes.store(v.blend(0f, v.compare(VectorOperators.LE, 0f)), y + i);
    }
  }

  private static void step(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    FloatVector zero = FloatVector.zero(Lanes.FLOATS);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(zero.blend(1f, Lanes.load(x + i).compare(VectorOperators.GT, 0f)), y + i);
    }
  }

  private static void leakyRelu(long from, long to, int elements, float slope) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      Lanes.store(v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)), y + i);
    }
  }

  private static void hardSigmoid(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).add(3f).max(0f).min(6f).div(6f), y + i);
    }
  }

  private static void hardSwish(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      Lanes.store(v.add(3f).max(0f).min(6f).div(6f).mul(v), y + i);
    }
  }

  private static void floor(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      FloatVector nearest = nearestInteger(v);
      FloatVector below = nearest.sub(1f);
      Lanes.store(nearest.blend(below, nearest.compare(VectorOperators.GT, v)), y + i);
    }
  }

  private static void round(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(nearestInteger(Lanes.load(x + i)), y + i);
    }
  }

  /** Halves go to the even neighbour; the sign stays, also that of zero. */
  private static FloatVector nearestInteger(FloatVector v) {
    FloatVector magnitude = v.abs();
    FloatVector rounded = magnitude.add(FIRST_WITHOUT_FRACTION).sub(FIRST_WITHOUT_FRACTION);
    FloatVector signed =
        rounded
            .reinterpretAsInts()
            .or(v.reinterpretAsInts().and(Integer.MIN_VALUE))
            .reinterpretAsFloats();
    return v.blend(signed, magnitude.compare(VectorOperators.LT, FIRST_WITHOUT_FRACTION));
  }

  private static void addScalar(long from, long to, int elements, float addend) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).add(addend), y + i);
    }
  }

  private static void multiplyScalar(long from, long to, int elements, float factor) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).mul(factor), y + i);
    }
  }

  private static void powerScalar(long from, long to, int elements, double exponent) {
    for (int i = 0; i < elements * Float.BYTES; i += Float.BYTES) {
      float value = AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, from + i);
      AddressSpace.ALL.set(
          ValueLayout.JAVA_FLOAT_UNALIGNED, to + i, (float) Math.pow(value, exponent));
    }
  }

  private static void clamp(long from, long to, int elements, float low, float high) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).max(low).min(high), y + i);
    }
  }

  private static void within(long from, long to, int elements, float low, float high) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    FloatVector zero = FloatVector.zero(Lanes.FLOATS);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector v = Lanes.load(x + i);
      VectorMask<Float> inside =
          v.compare(VectorOperators.GE, low).and(v.compare(VectorOperators.LE, high));
      Lanes.store(zero.blend(1f, inside), y + i);
    }
  }
}

package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.backend.NormParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.ReduceOp;
import dev.tempera.data.DType;
import dev.tempera.op.Interpolation;
import dev.tempera.op.LossReduction;
import dev.tempera.testkit.Golden;
import dev.tempera.testkit.GoldenCase;
import dev.tempera.testkit.GoldenFile;
import dev.tempera.testkit.Input;
import java.util.List;
import java.util.stream.Stream;

/** The golden cases of operations, joined with their specifications. */
public final class Goldens {
  private Goldens() {}

  /** All of them. */
  public static List<Golden<?>> all() {
    return Stream.of(
            GoldenFile.read("pad2d").stream().map(Goldens::pad2d),
            GoldenFile.read("resize2d").stream().map(Goldens::resize2d),
            GoldenFile.read("conv2d").stream().map(Goldens::conv2d),
            GoldenFile.read("convTranspose2d").stream().map(Goldens::convTranspose2d),
            GoldenFile.read("groupNorm").stream().map(Goldens::groupNorm),
            GoldenFile.read("adaptiveInstanceNorm").stream().map(Goldens::adaptiveInstanceNorm),
            GoldenFile.read("avgPool2d").stream().map(Goldens::avgPool2d),
            GoldenFile.read("crossEntropy").stream().map(Goldens::crossEntropy),
            GoldenFile.read("einsum").stream().map(Goldens::einsum),
            GoldenFile.read("matrixSquareRoot").stream().map(Goldens::matrixSquareRoot),
            GoldenFile.read("loss").stream().map(Goldens::loss),
            GoldenFile.read("extremum").stream().map(Goldens::extremum))
        .<Golden<?>>flatMap(cases -> cases)
        .toList();
  }

  private static Golden<?> pad2d(GoldenCase read) {
    Padding padding =
        new Padding(
            read.integer(1), read.integer(2), read.integer(3), read.integer(4), modeOf(read));
    return Golden.of(new Pad2dSpec(), padding, read);
  }

  private static Golden<?> resize2d(GoldenCase read) {
    Resize2dSpec.Parameters parameters =
        new Resize2dSpec.Parameters(
            Resize2dSpec.Target.valueOf(read.parameters().get(4)),
            read.real(1),
            read.real(2),
            Interpolation.valueOf(read.parameters().get(0)),
            read.flag(3));
    return Golden.of(new Resize2dSpec(), parameters, read);
  }

  private static Golden<?> conv2d(GoldenCase read) {
    Conv2dParams geometry =
        Conv2dParams.DEFAULT
            .withPadding(Padding.of(read.integer(1), modeOf(read)))
            .withStride(read.integer(2))
            .withDilation(read.integer(3))
            .withGroups(read.integer(4));
    return Golden.of(new Conv2dSpec(), new Conv2dSpec.Parameters(geometry, false), read);
  }

  private static Golden<?> convTranspose2d(GoldenCase read) {
    Conv2dParams geometry =
        Conv2dParams.DEFAULT
            .withStride(read.integer(0))
            .withPadding(read.integer(1))
            .withDilation(read.integer(3))
            .withGroups(read.integer(4));
    ConvTranspose2dParams params =
        ConvTranspose2dParams.of(geometry).withOutputPadding(read.integer(2));
    return Golden.of(new ConvTranspose2dSpec(), params, read);
  }

  private static Golden<?> groupNorm(GoldenCase read) {
    NormParams norm = new NormParams(read.real(1), read.flag(2), read.flag(3));
    return Golden.of(
        new GroupNormSpec(), new GroupNormSpec.Parameters(read.integer(0), norm), read);
  }

  private static Golden<?> adaptiveInstanceNorm(GoldenCase read) {
    NormParams norm = new NormParams(read.real(0), true, read.flag(1));
    return Golden.of(new AdaptiveInstanceNormSpec(), norm, read);
  }

  private static Golden<?> avgPool2d(GoldenCase read) {
    Pool2dParams params =
        Pool2dParams.of(read.integer(0))
            .withStride(read.integer(1))
            .withPadding(read.integer(2))
            .withCeilMode(read.flag(3))
            .withCountPadding(false);
    return Golden.of(new AvgPool2dSpec(), params, read);
  }

  private static Golden<?> einsum(GoldenCase read) {
    return Golden.of(new EinsumSpec(), read.parameters().getFirst(), read);
  }

  private static Golden<?> matrixSquareRoot(GoldenCase read) {
    return Golden.of(new MatrixSquareRootSpec(), read.real(0), read);
  }

  private static Golden<?> extremum(GoldenCase read) {
    ReduceOp op = ReduceOp.valueOf(read.parameters().get(0));
    List<Integer> axes = read.parameters().stream().skip(1).map(Integer::valueOf).toList();
    return Golden.of(new ExtremumSpec(), new ExtremumSpec.Parameters(op, axes), read);
  }

  private static Golden<?> crossEntropy(GoldenCase read) {
    Input target = read.inputs().get(1);
    Input given =
        read.parameters().get(2).equals("classes")
            ? Input.of(DType.INT64, target.values(), target.shape().toArray())
            : target;
    return Golden.of(
        new CrossEntropySpec(),
        new CrossEntropySpec.Parameters(
            read.real(1), LossReduction.valueOf(read.parameters().getFirst())),
        new GoldenCase(
            read.name(),
            read.parameters(),
            List.of(read.inputs().getFirst(), given),
            read.seed(),
            read.value(),
            read.gradients()));
  }

  private static Golden<?> loss(GoldenCase read) {
    LossReduction reduction = LossReduction.valueOf(read.parameters().get(1));
    return switch (read.parameters().getFirst()) {
      case "l1Loss" -> Golden.of(new L1LossSpec(), reduction, read);
      case "meanSquaredError" -> Golden.of(new MeanSquaredErrorSpec(), reduction, read);
      case "binaryCrossEntropy" -> Golden.of(new BinaryCrossEntropySpec(), reduction, read);
      case "smoothL1Loss" ->
          Golden.of(
              new SmoothL1LossSpec(),
              new SmoothL1LossSpec.Parameters(read.real(2), reduction),
              read);
      default -> throw new IllegalArgumentException("no loss for " + read.parameters());
    };
  }

  private static PaddingMode modeOf(GoldenCase read) {
    return PaddingMode.valueOf(read.parameters().get(0));
  }
}

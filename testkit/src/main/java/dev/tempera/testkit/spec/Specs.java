package dev.tempera.testkit.spec;

import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.testkit.OpSpec;
import java.util.ArrayList;
import java.util.List;

/** All specifications: elementwise families constant by constant, then one of each other op. */
public final class Specs {
  private Specs() {}

  /** All of them, in a fixed order. */
  public static List<OpSpec<?>> all() {
    List<OpSpec<?>> specs = new ArrayList<>();
    for (UnaryOp op : UnaryOp.values()) {
      specs.add(new UnarySpec(op));
    }
    for (BinaryOp op : BinaryOp.values()) {
      specs.add(new BinarySpec(op));
    }
    for (CompareOp op : CompareOp.values()) {
      specs.add(new CompareSpec(op));
    }
    specs.addAll(
        List.of(
            new ReluSpec(),
            new ApplyMaskSpec(),
            new WhereSpec(),
            new MaskedFillSpec(),
            new TruthSpec(),
            new ConvertSpec(),
            new DropoutSpec(),
            new SumSpec(),
            new SumToSpec(),
            new ExtremumSpec(),
            new ArgmaxSpec(),
            new ArgminSpec(),
            new CumulativeSumSpec(),
            new NormSpec(),
            new ProductSpec(),
            new StandardDeviationSpec(),
            new VarianceSpec(),
            new GatherSpec(),
            new IndexAddSpec(),
            new IndexSelectSpec(),
            new ScatterAddSpec(),
            new SortSpec(),
            new TopKSpec(),
            new LogSoftmaxSpec(),
            new LogSumExpSpec(),
            new SoftmaxSpec(),
            new L1LossSpec(),
            new MeanSquaredErrorSpec(),
            new SmoothL1LossSpec(),
            new BinaryCrossEntropySpec(),
            new CrossEntropySpec(),
            new LeastSquaresGanSpec(),
            new MatmulSpec(),
            new EinsumSpec(),
            new MatrixSquareRootSpec(),
            new LyapunovSpec(),
            new GramSpec(),
            new BatchNormSpec(),
            new GivenMomentsSpec(),
            new InstanceNormSpec(),
            new LayerNormSpec(),
            new GroupNormSpec(),
            new AdaptiveInstanceNormSpec(),
            new Conv2dSpec(),
            new Conv2dGradInputSpec(),
            new Conv2dGradWeightSpec(),
            new ConvTranspose2dSpec(),
            new MaxPool2dSpec(),
            new AvgPool2dSpec(),
            new AdaptiveAvgPool2dSpec(),
            new AdaptiveMaxPool2dSpec(),
            new DepthToSpaceSpec(),
            new SpaceToDepthSpec(),
            new Pad2dSpec(),
            new Resample2dSpec(),
            new Resize2dSpec(),
            new ConcatSpec(),
            new ExpandSpec(),
            new PermuteSpec(),
            new ReshapeSpec(),
            new SliceSpec(),
            new SplitSpec(),
            new StackSpec(),
            new SqueezeSpec(),
            new UnsqueezeSpec(),
            new FlipSpec(),
            new RollSpec(),
            new TileSpec(),
            new RepeatInterleaveSpec(),
            new DiagonalSpec(),
            new TriangleSpec()));
    return specs;
  }
}

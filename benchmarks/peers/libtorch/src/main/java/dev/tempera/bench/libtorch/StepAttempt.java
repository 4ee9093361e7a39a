package dev.tempera.bench.libtorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.data.MemoryOrder;
import dev.tempera.vgg.Layer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps of style transfer, recorded and differentiated by libtorch. */
final class StepAttempt implements Attempt {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape NONE = new Shape(0, 0);

  private final LibtorchOperands operands;
  private final PtNDArray image;
  private final PtNDArray contentTarget;
  private final PtNDArray learningRate;
  private final Map<Layer, PtNDArray> styleTargets = new LinkedHashMap<>();
  private @Nullable PtNDArray gradient;

  StepAttempt(LibtorchOperands operands) {
    this.operands = operands;
    NDManager manager = operands.manager();
    JniUtils.setGradMode(false);
    image = operands.array("image");
    learningRate = (PtNDArray) manager.create((float) StyleStep.LEARNING_RATE);
    try (NDManager inner = manager.newSubManager()) {
      contentTarget =
          Objects.requireNonNull(features(in(inner, "content")).get(StyleStep.contentLayer()));
      contentTarget.attach(manager);
    }
    try (NDManager inner = manager.newSubManager()) {
      Map<Layer, PtNDArray> features = features(in(inner, "style"));
      for (Layer layer : StyleStep.styleLayers()) {
        PtNDArray target = gram(Objects.requireNonNull(features.get(layer)));
        target.attach(manager);
        styleTargets.put(layer, target);
      }
    }
  }

  /** An operand under a manager to which what is computed of it belongs. */
  private PtNDArray in(NDManager manager, String name) {
    PtNDArray same = JniUtils.detachGradient(operands.array(name));
    same.attach(manager);
    return same;
  }

  /** The feature maps that losses are taken of. */
  private Map<Layer, PtNDArray> features(PtNDArray from) {
    Set<Layer> wanted = new HashSet<>(StyleStep.styleLayers());
    wanted.add(StyleStep.contentLayer());
    Map<Layer, PtNDArray> features = new LinkedHashMap<>();
    PtNDArray x = from;
    boolean kept = true;
    for (Layer layer : StyleStep.NET.layers()) {
      PtNDArray before = x;
      x =
          switch (layer.kind()) {
            case POOL -> JniUtils.maxPool(x, TWO, TWO, NONE, false);
            case CONV ->
                JniUtils.convolution(x, operands.array(layer.toString()), null, ONE, ONE, ONE, 1);
            case RELU -> JniUtils.relu(x);
          };
      if (!kept) {
        before.close();
      }
      kept = wanted.contains(layer);
      if (kept) {
        features.put(layer, x);
      }
    }
    return features;
  }

  private static PtNDArray gram(PtNDArray maps) {
    Shape shape = maps.getShape();
    PtNDArray pixels =
        JniUtils.reshape(
            JniUtils.permute(maps, new long[] {0, 2, 3, 1}), new long[] {-1, shape.get(1)});
    PtNDArray product = JniUtils.matmul(JniUtils.transpose(pixels, 0, 1), pixels);
    float share = 1f / (shape.get(2) * shape.get(3));
    return JniUtils.mul(product, (PtNDArray) maps.getManager().create(share));
  }

  @Override
  public double run() {
    if (gradient != null) {
      gradient.close();
    }
    long start = System.nanoTime();
    try (NDManager step = operands.manager().newSubManager()) {
      PtNDArray leaf = in(step, "image");
      JniUtils.setGradMode(true);
      JniUtils.attachGradient(leaf, true);
      PtNDArray one = (PtNDArray) step.create(1f);
      JniUtils.backward(loss(features(leaf)), one, false, false);
      JniUtils.setGradMode(false);
      gradient = JniUtils.getGradient(leaf);
      gradient.attach(operands.manager());
      PtNDArray move = JniUtils.mul(gradient, learningRate);
      JniUtils.subi(image, move);
      move.close();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private PtNDArray loss(Map<Layer, PtNDArray> features) {
    PtNDArray content = Objects.requireNonNull(features.get(StyleStep.contentLayer()));
    PtNDArray total = JniUtils.mean(JniUtils.square(JniUtils.sub(content, contentTarget)));
    for (Map.Entry<Layer, PtNDArray> style : styleTargets.entrySet()) {
      PtNDArray own = gram(Objects.requireNonNull(features.get(style.getKey())));
      PtNDArray distance = JniUtils.sum(JniUtils.square(JniUtils.sub(own, style.getValue())));
      PtNDArray size = JniUtils.sum(JniUtils.square(style.getValue()));
      total = JniUtils.add(total, JniUtils.div(distance, size));
      size.close();
    }
    return total;
  }

  @Override
  public float[] result() {
    return LibtorchOperands.floats(Objects.requireNonNull(gradient), MemoryOrder.CHANNELS_LAST);
  }

  @Override
  public void close() {
    operands.close();
  }
}

package dev.tempera.bench.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The layers of VGG19 that have weights, 143.7 million float32 in all. */
final class Vgg19 {
  private static final int[][] BLOCKS = {
    {64, 64}, {128, 128}, {256, 256, 256, 256}, {512, 512, 512, 512}, {512, 512, 512, 512}
  };
  private static final int[][] CLASSIFIER = {{4096, 25088}, {4096, 4096}, {1000, 4096}};

  private Vgg19() {}

  /**
   * A layer.
   *
   * @param name the authors' name: conv1_1, fc6
   * @param block 1 to 5; 0 for the classifier
   * @param index 1 for the first of its block
   * @param number counts the convolutions, and the fully connected layers, from 0
   * @param position its place in torchvision's {@code features} or {@code classifier}
   * @param outputs channels it makes
   * @param inputs channels it reads
   */
  record Layer(
      String name, int block, int index, int number, int position, int outputs, int inputs) {
    boolean isConvolution() {
      return block > 0;
    }

    /** The shape of the kernel as (Cout, Cin, kH, kW), or (outputs, inputs). */
    long[] weightShape() {
      return isConvolution() ? new long[] {outputs, inputs, 3, 3} : new long[] {outputs, inputs};
    }

    /** The shape of the kernel as (kH, kW, Cin, Cout), or (inputs, outputs). */
    long[] channelsLastShape() {
      return isConvolution() ? new long[] {3, 3, inputs, outputs} : new long[] {inputs, outputs};
    }

    /** Its name in Keras and TensorFlow.js: block1_conv1, fc1, predictions. */
    String kerasName() {
      if (isConvolution()) {
        return "block" + block + "_conv" + index;
      }
      return index < 3 ? "fc" + index : "predictions";
    }

    /** What the names of its tensors start with in PyTorch: features.0, classifier.0. */
    String torchName() {
      return (isConvolution() ? "features." : "classifier.") + position;
    }

    /** Elements of the kernel. */
    long weights() {
      return LongStream.of(weightShape()).reduce(1, Math::multiplyExact);
    }
  }

  /**
   * All layers, in the order data flows.
   *
   * @param narrowing what the numbers of channels are divided by: 1 for VGG19 itself
   */
  static List<Layer> layers(int narrowing) {
    List<Layer> layers = new ArrayList<>();
    int channels = 3;
    int position = 0;
    for (int block = 1; block <= BLOCKS.length; block++) {
      int[] widths = BLOCKS[block - 1];
      for (int index = 1; index <= widths.length; index++) {
        int width = widths[index - 1] / narrowing;
        String name = "conv" + block + "_" + index;
        layers.add(new Layer(name, block, index, layers.size(), position, width, channels));
        channels = width;
        position += 2;
      }
      position++;
    }
    for (int i = 0; i < CLASSIFIER.length; i++) {
      int outputs = CLASSIFIER[i][0] / narrowing;
      int inputs = CLASSIFIER[i][1] / narrowing;
      layers.add(new Layer("fc" + (6 + i), 0, i + 1, i, 3 * i, outputs, inputs));
    }
    return layers;
  }
}

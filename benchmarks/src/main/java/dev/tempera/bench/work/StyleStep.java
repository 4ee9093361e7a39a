package dev.tempera.bench.work;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of style transfer (Gatys, Ecker and Bethge, 2016): VGG19 up to the ReLU of conv5_1 with
 * random weights, the Gram losses of the first convolution of each of the five blocks, the content
 * loss of conv4_2, backward to the image, and one step along the gradient.
 *
 * <p>The loss is Σ ‖G − G*‖²/‖G*‖² + mean((F − F*)²), G = F·Fᵀ/pixels. The result that is compared
 * is the gradient with respect to the image.
 *
 * @param size side of the image in pixels
 */
public record StyleStep(int size) implements Computation {
  /** How far the image goes along the gradient. */
  public static final double LEARNING_RATE = 1e-3;

  /** The net. */
  public static final Vgg NET = Vgg.VGG19.until(Layer.relu(5, 1));

  /** Where style is measured. */
  public static List<Layer> styleLayers() {
    return List.of(
        Layer.relu(1, 1), Layer.relu(2, 1), Layer.relu(3, 1), Layer.relu(4, 1), Layer.relu(5, 1));
  }

  /** Where content is measured. */
  public static Layer contentLayer() {
    return Layer.relu(4, 2);
  }

  @Override
  public String shape() {
    return size + "x" + size;
  }

  /** Of the convolutions, forward and backward to the image alone. */
  @Override
  public double operations() {
    return VggConvolution.all().stream()
        .mapToDouble(
            layer ->
                2
                    * layer.layers().size()
                    * layer.at(size, Convolution.Direction.FORWARD).operations())
        .sum();
  }

  /** Of the convolutions, each operand and result once in each direction. */
  @Override
  public double bytes() {
    double bytes = 0;
    for (VggConvolution layer : VggConvolution.all()) {
      bytes +=
          layer.layers().size()
              * (layer.at(size, Convolution.Direction.FORWARD).bytes()
                  + layer.at(size, Convolution.Direction.INPUT_GRADIENT).bytes());
    }
    return bytes;
  }

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    for (String image : new String[] {"image", "content", "style"}) {
      operands.add(Operand.image(image, operands.size(), 3, size));
    }
    for (Layer layer : NET.convolutions()) {
      int inputs = NET.inputChannels(layer);
      Shape shape = Shape.of(NET.channels(layer), inputs, 3, 3);
      // A uniform distribution of this width has He's deviation, the root of 2/(9·Cin).
      double scale = Math.sqrt(3 * 2.0 / (9 * inputs));
      operands.add(
          new Operand(layer.toString(), shape, MemoryOrder.ROW_MAJOR, operands.size(), scale));
    }
    return operands;
  }

  @Override
  public MemoryOrder resultOrder() {
    return MemoryOrder.CHANNELS_LAST;
  }
}

package dev.tempera.vgg.format.tfjs;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One tensor of a manifest.
 *
 * @param name the name of the variable
 * @param dtype the type of the elements as they are used
 * @param shape the axis lengths
 * @param quantization how the elements are stored in fewer bits, or null where they are not
 * @param position the byte of the manifest that describes it
 */
record ManifestWeight(
    String name, DType dtype, Shape shape, @Nullable Quantization quantization, long position) {

  /** How many bytes the elements take as they are stored. */
  long storedSize() {
    int width = quantization == null ? dtype.byteSize() : quantization.stored().byteSize();
    return shape.size() * width;
  }
}

package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureTensorsTest {
  @Test
  void imagesComeBackFromTensors() {
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 15; i++) {
      image.setRGB(i % 5, i / 5, random.nextInt(1 << 24));
    }
    try (Tensor tensor = PictureTensors.of(image)) {
      assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 3, 5));
      assertThat(tensor.toFloats()[0]).isEqualTo((image.getRGB(0, 0) >> 16 & 0xFF) / 255f);
      BufferedImage back = PictureTensors.toBufferedImage(tensor);
      for (int i = 0; i < 15; i++) {
        assertThat(back.getRGB(i % 5, i / 5)).isEqualTo(image.getRGB(i % 5, i / 5));
      }
    }
  }

  @Test
  void refusesWhatIsNotOnePicture() {
    try (Tensor tensor = Tensor.zeros(3, 4, 4)) {
      assertThatExceptionOfType(ShapeException.class)
          .isThrownBy(() -> PictureTensors.toBufferedImage(tensor))
          .withMessageContaining("not one RGB picture");
    }
  }
}

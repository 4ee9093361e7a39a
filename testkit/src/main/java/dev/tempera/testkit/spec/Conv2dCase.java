package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution whose gradients are specified.
 *
 * @param name says what is particular about it
 * @param geometry stride, padding, dilation and groups
 * @param image (N, C, H, W)
 * @param weight (Cout, C/groups, kH, kW)
 */
record Conv2dCase(String name, Conv2dParams geometry, Shape image, Shape weight) {
  static final Conv2dParams PLAIN = Conv2dParams.DEFAULT;
  static final Conv2dParams SAME = PLAIN.withPadding(1);

  private static Conv2dCase of(String name, Conv2dParams geometry, int[] image, int... weight) {
    return new Conv2dCase(name, geometry, Shape.of(image), Shape.of(weight));
  }

  /** The axis lengths of the result, as those of an operand. */
  int[] output() {
    return geometry.outputShape(image, weight).toArray();
  }

  /** Every parameter, odd and prime channels. */
  static List<Conv2dCase> small() {
    List<Conv2dCase> cases = new ArrayList<>();
    int[] image = {1, 3, 9, 11};
    cases.add(of("3 to 16 channels", SAME, image, 16, 3, 3, 3));
    cases.add(of("17 to 5 channels", SAME, new int[] {2, 17, 7, 6}, 5, 17, 3, 3));
    cases.add(of("33 to 64 channels", PLAIN, new int[] {1, 33, 4, 5}, 64, 33, 3, 3));
    cases.add(of("one by one", PLAIN, new int[] {2, 13, 5, 7}, 17, 13, 1, 1));
    cases.add(of("no image", SAME, new int[] {0, 3, 5, 5}, 4, 3, 3, 3));
    for (PaddingMode mode : PaddingMode.values()) {
      Conv2dParams padded = PLAIN.withPadding(Padding.of(1, mode));
      cases.add(of("padded " + mode, padded, image, 4, 3, 3, 3));
    }
    cases.add(of("stride 2", SAME.withStride(2), new int[] {2, 5, 9, 8}, 4, 5, 3, 3));
    cases.add(of("gaps", PLAIN.withStride(3), new int[] {1, 2, 10, 8}, 4, 2, 2, 2));
    cases.add(of("dilated", PLAIN.withPadding(2).withDilation(2), image, 4, 3, 3, 3));
    cases.add(of("groups", SAME.withGroups(2), new int[] {1, 6, 5, 7}, 4, 3, 3, 3));
    cases.add(of("depthwise", SAME.withGroups(5), new int[] {1, 5, 6, 5}, 5, 1, 3, 3));
    Padding uneven = new Padding(2, 0, 1, 3, PaddingMode.ZERO);
    cases.add(of("all uneven", new Conv2dParams(2, 1, uneven, 1, 2, 1), image, 4, 3, 2, 3));
    return cases;
  }

  /** Large enough for several threads. */
  static List<Conv2dCase> large() {
    return List.of(
        of("large, 64 to 64", SAME, new int[] {1, 64, 35, 41}, 64, 64, 3, 3),
        of("large, strided", SAME.withStride(2), new int[] {2, 32, 31, 33}, 48, 32, 3, 3));
  }
}

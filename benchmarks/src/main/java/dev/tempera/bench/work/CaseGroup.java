package dev.tempera.bench.work;

import dev.tempera.bench.work.Convolution.Direction;
import java.util.ArrayList;
import java.util.List;

/** What can be asked for by name. */
public enum CaseGroup {
  /** One step of style transfer. */
  STEP(512) {
    @Override
    public List<Workload> workloads(int size) {
      return List.of(new Workload("step", "step", "step", 1, new StyleStep(size)));
    }
  },
  /** The convolutions of VGG19 and their gradients. */
  CONV(512) {
    @Override
    public List<Workload> workloads(int size) {
      List<Workload> workloads = new ArrayList<>();
      for (Direction direction : Direction.values()) {
        for (VggConvolution layer : VggConvolution.all()) {
          workloads.add(
              new Workload(
                  layer.name() + "-" + direction.label(),
                  layer.name(),
                  "conv-" + direction.label(),
                  layer.layers().size(),
                  layer.at(size, direction)));
        }
      }
      return workloads;
    }
  },
  /** The Gram matrices of the style layers of VGG19 and their gradients. */
  GRAM(512) {
    @Override
    public List<Workload> workloads(int size) {
      List<Workload> workloads = new ArrayList<>();
      for (boolean backward : new boolean[] {false, true}) {
        for (int block = 1; block <= 5; block++) {
          GramProduct product = GramProduct.ofBlock(block, size, backward);
          String group = "gram-" + product.direction();
          workloads.add(
              new Workload(
                  "gram-" + product.shape() + "-" + product.direction(),
                  product.shape(),
                  group,
                  1,
                  product));
        }
      }
      return workloads;
    }
  },
  /** Convolutions of the translation net MUNIT (Huang et al., 2018) on images of 256 pixels. */
  MUNIT(256) {
    @Override
    public List<Workload> workloads(int size) {
      List<Workload> workloads = new ArrayList<>();
      for (Direction direction : Direction.values()) {
        for (Convolution convolution :
            List.of(
                new Convolution(3, 64, size, 7, 1, direction),
                new Convolution(64, 128, size, 4, 2, direction),
                new Convolution(256, 256, Math.max(1, size / 4), 3, 1, direction),
                new Convolution(256, 128, Math.max(1, size / 2), 5, 1, direction),
                new Convolution(256, 256, Math.max(1, size / 4), 1, 1, direction))) {
          String kernel = convolution.kernel() + "x" + convolution.kernel();
          workloads.add(
              new Workload(
                  "munit-" + kernel + "-" + direction.label(),
                  kernel,
                  "munit-" + direction.label(),
                  1,
                  convolution));
        }
      }
      return workloads;
    }
  },
  /** How a step of ours grows with the image and shrinks with threads; timed without peers. */
  SCALING(512) {
    @Override
    public List<Workload> workloads(int size) {
      return List.of();
    }
  };

  private final int usualSize;

  CaseGroup(int usualSize) {
    this.usualSize = usualSize;
  }

  /** The side of the image in pixels if no other is asked for. */
  public int usualSize() {
    return usualSize;
  }

  /** Its computations for images with a side of so many pixels. */
  public abstract List<Workload> workloads(int size);
}

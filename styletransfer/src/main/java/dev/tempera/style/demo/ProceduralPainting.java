package dev.tempera.style.demo;

import dev.tempera.style.image.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A picture that looks like a painting: bold strokes of thick oil that follow whirls of several
 * sizes, in deep blues with warm yellows and oranges.
 *
 * <p>Painted stroke by stroke in layers from broad to fine brushes; a pure function of size and
 * seed, with the same bits on every machine.
 */
public final class ProceduralPainting {
  /** The width of the picture that comes with the program. */
  public static final int WIDTH = 432;

  /** The height of the picture that comes with the program. */
  public static final int HEIGHT = 336;

  private static final int OVERSAMPLING = 2;

  /** The layers: the breadth and the length of the strokes, and the gap between them. */
  private static final double[][] LAYERS = {
    {0.040, 0.150, 0.022}, {0.027, 0.110, 0.0150}, {0.0175, 0.075, 0.0125}, {0.0115, 0.05, 0.021}
  };

  private final double height;
  private final int pixelsPerUnit;
  private final FlowField field;
  private final PaintingColors colors;
  private final OilCanvas canvas;
  private final Random random;
  private int strokes;

  private ProceduralPainting(int width, int height, long seed) {
    this.height = (double) height / width;
    this.pixelsPerUnit = width * OVERSAMPLING;
    this.random = new Random(seed);
    LatticeNoise noise = new LatticeNoise(seed);
    this.field = new FlowField(this.height, noise, random);
    this.colors = new PaintingColors(field, noise, this.height);
    this.canvas =
        new OilCanvas(pixelsPerUnit, height * OVERSAMPLING, PaintingColors.priming(), noise);
  }

  /** The picture of this seed in the size that comes with the program. */
  public static Picture render(long seed) {
    return render(WIDTH, HEIGHT, seed);
  }

  /** The picture of this size and seed. */
  static Picture render(int width, int height, long seed) {
    ProceduralPainting painting = new ProceduralPainting(width, height, seed);
    for (double[] layer : LAYERS) {
      painting.paintLayer(layer[0], layer[1], layer[2]);
    }
    return painting.canvas.view(OVERSAMPLING);
  }

  private void paintLayer(double breadth, double length, double gap) {
    int columns = (int) (1 / gap) + 2;
    int rows = (int) (height / gap) + 2;
    int[] order = shuffled(columns * rows);
    for (int place : order) {
      int column = place % columns;
      int row = place / columns;
      double x = (column + random.nextDouble() - 0.5) * gap;
      double y = (row + random.nextDouble() - 0.5) * gap;
      paintStroke(x, y, breadth * (0.75 + 0.5 * random.nextDouble()), length);
    }
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private void paintStroke(double x, double y, double breadth, double length) {
    Vector one = colors.pick(x, y, random);
    Vector other = one.mix(colors.pick(x, y, random), 0.55);
    int steps = (int) (length * (0.6 + 0.8 * random.nextDouble()) * pixelsPerUnit);
    List<Vector> path = new ArrayList<>(steps);
    Vector point = new Vector(x, y, 0);
    double unit = 1.0 / pixelsPerUnit;
    for (int i = 0; i < steps; i++) {
      path.add(point.times(pixelsPerUnit));
      Vector middle = point.plus(field.direction(point.x(), point.y()).times(0.5 * unit));
      point = point.plus(field.direction(middle.x(), middle.y()).times(unit));
    }
    strokes++;
    canvas.draw(new Stroke(strokes, path, breadth * pixelsPerUnit, one, other));
  }
}

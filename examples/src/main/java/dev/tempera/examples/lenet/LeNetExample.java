package dev.tempera.examples.lenet;

import dev.tempera.examples.digits.Digits;
import dev.tempera.nn.Layer;
import dev.tempera.tensor.RandomSource;
import java.util.Locale;

/**
 * Draws digits, trains a linear classifier and LeNet on them, and tests both on digits from other
 * hands: {@code examples/run lenet}.
 */
public final class LeNetExample {
  static final int TRAIN = 10_000;
  static final int TEST = 2_000;
  static final Training TRAINING = new Training(8, 64, 0.004);

  private LeNetExample() {}

  /** Runs and prints. Arguments: epochs (8), seed (1). */
  public static void main(String[] arguments) {
    int epochs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TRAINING.epochs();
    Training training = new Training(epochs, TRAINING.batch(), TRAINING.learningRate());
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    long start = System.nanoTime();
    Digits train = Digits.generate(2 * seed, TRAIN);
    Digits test = Digits.generate(2 * seed + 1, TEST);
    System.out.printf(
        Locale.ROOT, "%d digits drawn, %.1f s%n%n", TRAIN + TEST, secondsSince(start));
    try (Layer linear = LeNet.linearClassifier(new RandomSource(seed))) {
      report("linear classifier", training, linear, train, test, seed);
    }
    try (Layer net = LeNet.create(new RandomSource(seed))) {
      System.out.println(net.describe(training.batch(), 1, Digits.SIDE, Digits.SIDE));
      System.out.println();
      report("LeNet", training, net, train, test, seed);
    }
  }

  private static void report(
      String name, Training training, Layer net, Digits train, Digits test, long seed) {
    long start = System.nanoTime();
    training.run(
        net,
        train,
        seed,
        (epoch, loss) ->
            System.out.printf(
                Locale.ROOT,
                "%s, epoch %d: loss %.4f, test accuracy %.2f %%, %.1f s%n",
                name,
                epoch,
                loss,
                100 * Training.accuracy(net, test),
                secondsSince(start)));
    System.out.println();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}

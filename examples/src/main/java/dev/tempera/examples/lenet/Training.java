package dev.tempera.examples.lenet;

import dev.tempera.backend.CompareOp;
import dev.tempera.data.DType;
import dev.tempera.examples.digits.Digits;
import dev.tempera.nn.Layer;
import dev.tempera.op.Compare;
import dev.tempera.op.CrossEntropy;
import dev.tempera.op.LossReduction;
import dev.tempera.optim.Adam;
import dev.tempera.optim.Optimizer;
import dev.tempera.optim.Schedule;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Teaches a net to tell digits apart, by stochastic gradient descent on the cross entropy.
 *
 * @param epochs how often every picture is shown
 * @param batch how many pictures make one step
 * @param learningRate of Adam at first; it falls to 0 along half a cosine wave
 */
public record Training(int epochs, int batch, double learningRate) {

  /** Is told how it goes. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called after each epoch.
     *
     * @param epoch from 1
     * @param meanLoss over the steps of the epoch
     */
    void epochEnded(int epoch, double meanLoss);
  }

  /** Trains a net in place; the same seed gives the same bits. */
  public void run(Layer net, Digits digits, long seed, Listener listener) {
    int steps = digits.count() / batch;
    try (TensorScope _ = TensorScope.open("training")) {
      Optimizer optimizer =
          new Optimizer(Adam.withLearningRate(learningRate), net.trainableParameters())
              .schedule(Schedule.cosine(epochs * steps, 0));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        int[] order = digits.shuffled(seed, epoch);
        double sum = 0;
        for (int step = 0; step < steps; step++) {
          int[] numbers = Arrays.copyOfRange(order, step * batch, (step + 1) * batch);
          try (TensorScope _ = TensorScope.open("step")) {
            Tensor logits = net.apply(digits.images(numbers));
            Tensor loss = CrossEntropy.apply(logits, digits.labels(numbers), 0, LossReduction.MEAN);
            optimizer.step(loss.backward());
            sum += loss.item();
          }
        }
        listener.epochEnded(epoch, sum / steps);
      }
    }
  }

  /** The share of pictures to which a net gives the largest number at the right digit. */
  public static double accuracy(Layer net, Digits digits) {
    int most = 500;
    double right = 0;
    for (int start = 0; start < digits.count(); start += most) {
      int[] numbers = IntStream.range(start, Math.min(start + most, digits.count())).toArray();
      try (NoRecord _ = NoRecord.open();
          TensorScope _ = TensorScope.open("accuracy")) {
        Tensor chosen = net.apply(digits.images(numbers)).argmax(1).to(DType.FLOAT32);
        Tensor labels = digits.labels(numbers).to(DType.FLOAT32);
        right += Compare.apply(CompareOp.EQUAL, chosen, labels).to(DType.FLOAT32).sum().item();
      }
    }
    return right / digits.count();
  }
}

package dev.tempera.optim;

import dev.tempera.op.Concat;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Several parameters, one after another, as the one vector that minimisers such as {@link Lbfgs}
 * move.
 *
 * <pre>{@code
 * new ParameterVector(net.trainableParameters().values())
 *     .minimize(new Lbfgs(LbfgsOptions.DEFAULT), () -> loss(net, data), 100);
 * }</pre>
 */
public final class ParameterVector {
  private final List<Tensor> parameters;

  /**
   * These parameters.
   *
   * @param parameters tracked tensors of one type
   */
  public ParameterVector(Collection<Tensor> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Moves the parameters, in place, to where a loss is smaller.
   *
   * @param loss computes a scalar from the parameters as they are when it is called
   * @param evaluations how often it may be computed
   */
  public Outcome minimize(Minimizer minimizer, Supplier<Tensor> loss, int evaluations) {
    try (TensorScope _ = TensorScope.open("parameter vector")) {
      Tensor point = joined(parameters);
      Outcome outcome = minimizer.minimize(point, at -> evaluate(at, loss), evaluations);
      spread(point);
      return outcome;
    }
  }

  private Evaluation evaluate(Tensor point, Supplier<Tensor> loss) {
    try (TensorScope work = TensorScope.open("loss")) {
      spread(point);
      Tensor value = loss.get();
      Gradients gradients = value.backward();
      List<Tensor> parts = new ArrayList<>();
      for (Tensor parameter : parameters) {
        boolean reached = gradients.has(parameter);
        parts.add(reached ? gradients.of(parameter) : parameter.filledLike(0));
      }
      return new Evaluation(value.item(), work.keep(joined(parts)));
    }
  }

  private static Tensor joined(List<Tensor> parts) {
    try (NoRecord _ = NoRecord.open()) {
      return Concat.apply(parts.stream().map(part -> part.reshape(-1)).toList(), 0);
    }
  }

  /** Writes the elements of the vector over those of the parameters. */
  private void spread(Tensor point) {
    try (TensorScope _ = TensorScope.open("spread")) {
      int start = 0;
      for (Tensor parameter : parameters) {
        int end = start + Math.toIntExact(parameter.shape().size());
        parameter.assign(point.slice(0, start, end).reshape(parameter.shape().toArray()));
        start = end;
      }
    }
  }
}

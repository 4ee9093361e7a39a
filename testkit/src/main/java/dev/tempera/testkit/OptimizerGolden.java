package dev.tempera.testkit;

import dev.tempera.backend.AdamParams;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.backend.SgdParams;
import dev.tempera.optim.Adam;
import dev.tempera.optim.RmsProp;
import dev.tempera.optim.Sgd;
import dev.tempera.optim.StepRule;

/** The optimisers of golden cases, whose parameters the file's header names. */
final class OptimizerGolden {
  private OptimizerGolden() {}

  static StepRule rule(GoldenCase golden) {
    return switch (golden.parameters().getFirst()) {
      case "sgd" ->
          new Sgd(
              new SgdParams(
                  golden.real(1), golden.real(2), golden.real(3), golden.real(4), golden.flag(5)));
      case "adam" ->
          new Adam(
              new AdamParams(
                  golden.real(1),
                  golden.real(2),
                  golden.real(3),
                  golden.real(4),
                  golden.real(5),
                  golden.real(6)),
              golden.flag(7));
      case "rmsprop" ->
          new RmsProp(
              new RmsPropParams(
                  golden.real(1), golden.real(2), golden.real(3), golden.real(4), golden.real(5)),
              golden.flag(6));
      default -> throw new IllegalArgumentException("no optimiser for " + golden.parameters());
    };
  }
}

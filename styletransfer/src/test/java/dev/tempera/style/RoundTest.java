package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {
  private static final List<Scale> SCALES = Recipe.TEMPERA.scales();

  @Test
  void theDefaultIterationsSplitAsTheRecipeSays() {
    List<Round> rounds = Round.plan(SCALES, new ImageSize(384, 512), 240);
    assertThat(rounds)
        .containsExactly(
            new Round(1, new ImageSize(96, 128), 100),
            new Round(2, new ImageSize(192, 256), 80),
            new Round(3, new ImageSize(384, 512), 60));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 100, 241})
  void roundsUseExactlyTheIterationsAskedFor(int iterations) {
    List<Round> rounds = Round.plan(SCALES, new ImageSize(384, 512), iterations);
    assertThat(rounds.stream().mapToInt(Round::iterations).sum()).isEqualTo(iterations);
    assertThat(rounds).allSatisfy(round -> assertThat(round.iterations()).isPositive());
    assertThat(rounds.getLast().size()).isEqualTo(new ImageSize(384, 512));
  }

  @Test
  void scalesTooSmallToShowAnythingAreLeftOut() {
    assertThat(Round.plan(SCALES, new ImageSize(60, 60), 240))
        .extracting(Round::size)
        .containsExactly(new ImageSize(30, 30), new ImageSize(60, 60));
    assertThat(Round.plan(SCALES, new ImageSize(5, 8), 240))
        .containsExactly(new Round(1, new ImageSize(5, 8), 240));
  }
}

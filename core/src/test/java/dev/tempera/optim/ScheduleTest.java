package dev.tempera.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The expected factors are those of torch.optim.lr_scheduler, PyTorch 2.13. */
class ScheduleTest {
  private static void check(Schedule schedule, double... expected) {
    double[] actual = IntStream.range(0, expected.length).mapToDouble(schedule::factor).toArray();
    assertThat(actual).containsExactly(expected, Offset.offset(1e-12));
  }

  @Test
  void staysConstant() {
    check(Schedule.constant(), 1, 1, 1);
  }

  @Test
  void fallsInSteps() {
    check(Schedule.step(3, 0.5), 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125);
  }

  @Test
  void fallsAtMilestones() {
    check(Schedule.multiStep(0.1, 2, 5, 5, 9), 1, 1, 0.1, 0.1, 0.1, 1e-3, 1e-3, 1e-3, 1e-3, 1e-4);
  }

  @Test
  void fallsExponentially() {
    check(Schedule.exponential(0.9), 1, 0.9, 0.81, 0.729, 0.6561);
  }

  @Test
  void fallsAsACosineAndStays() {
    check(
        Schedule.cosine(10, 0.1),
        1,
        0.977975432333,
        0.914057647469,
        0.814503363532,
        0.689057647469,
        0.55,
        0.410942352531,
        0.285496636468,
        0.185942352531,
        0.122024567667,
        0.1,
        0.1);
  }

  @Test
  void warmsUp() {
    check(Schedule.warmUp(5, 0.25), 0.25, 0.4, 0.55, 0.7, 0.85, 1, 1);
  }

  @Test
  void followsOneAfterTheOther() {
    check(
        Schedule.warmUp(4, 0.1).then(4, Schedule.cosine(6, 0)),
        0.1,
        0.325,
        0.55,
        0.775,
        1,
        0.933012701892,
        0.75,
        0.5,
        0.25,
        0.066987298108);
  }

  @Test
  void multiplies() {
    check(Schedule.exponential(0.5).times(Schedule.step(2, 0.1)), 1, 0.5, 0.025, 0.0125);
  }

  @Test
  void refusesAnEmptyCourse() {
    assertThatThrownBy(() -> Schedule.cosine(0, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schedule: cosine cannot run\n  rule    steps > 0, here 0");
  }
}

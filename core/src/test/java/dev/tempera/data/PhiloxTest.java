package dev.tempera.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PhiloxTest {
  @Test
  void blocksAreThoseOfTheAuthorsTestVectors() {
    assertThat(new Philox(0, 0).block(0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(new Philox(-1, -1).block(-1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    Philox ofPi = new Philox(0x299f31d0_a4093822L, 0x03707344_13198a2eL);
    assertThat(ofPi.block(0x85a308d3_243f6a88L))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void aLongerStreamBeginsLikeAShorterOne() {
    Philox philox = new Philox(7, 3);
    float[] longer = philox.normal(103);
    float[] shorter = philox.normal(50);
    for (int i = 0; i < shorter.length; i++) {
      assertThat(longer[i]).isEqualTo(shorter[i]);
    }
    assertThat(new Philox(7, 4).normal(50)).isNotEqualTo(shorter);
    assertThat(new Philox(8, 3).normal(50)).isNotEqualTo(shorter);
  }

  @Test
  void momentsAreThoseOfTheDistributions() {
    int count = 200_000;
    double fourSigma = 4 / Math.sqrt(count);
    float[] normal = new Philox(1, 0).normal(count);
    assertThat(moment(normal, 1)).isCloseTo(0, within(fourSigma));
    assertThat(moment(normal, 2)).isCloseTo(1, within(fourSigma * Math.sqrt(2)));
    assertThat(moment(normal, 4)).isCloseTo(3, within(fourSigma * Math.sqrt(96)));
    float[] uniform = new Philox(1, 0).uniform(count);
    assertThat(moment(uniform, 1)).isCloseTo(0.5, within(fourSigma / Math.sqrt(12)));
    assertThat(moment(uniform, 2)).isCloseTo(1 / 3.0, within(fourSigma * Math.sqrt(4 / 45.0)));
    for (float value : uniform) {
      assertThat(value).isBetween(0f, Math.nextDown(1f));
    }
  }

  private static double moment(float[] values, int power) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }
}

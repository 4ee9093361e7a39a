package dev.tempera.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Availability;
import dev.tempera.backend.BackendException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuOptionsTest {
  private static final String THREADS = "tempera.threads";
  private static final String MEMORY = "tempera.cpu.memory";
  private static final String CONVOLUTION = "tempera.cpu.conv";

  @AfterEach
  void forget() {
    System.clearProperty(THREADS);
    System.clearProperty(MEMORY);
    System.clearProperty(CONVOLUTION);
  }

  @Test
  void takesTheNumberOfThreadsFromTheProperty() {
    System.setProperty(THREADS, " 3 ");
    assertThat(CpuOptions.fromSystemProperties().threads()).isEqualTo(3);
  }

  @Test
  void takesAllProcessorsWithoutIt() {
    assertThat(CpuOptions.fromSystemProperties().threads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "many", "", "1.5"})
  void refusesWhatIsNoNumberOfThreads(String text) {
    System.setProperty(THREADS, text);
    assertThatThrownBy(CpuOptions::fromSystemProperties)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("threads")
        .hasMessageContaining(text);
  }

  @Test
  void takesWhatMemoryIsSpentForFromTheProperty() {
    System.setProperty(MEMORY, "lean");
    assertThat(CpuOptions.fromSystemProperties().memory()).isEqualTo(MemoryUse.LEAN);
    System.setProperty(MEMORY, " Fast ");
    assertThat(CpuOptions.fromSystemProperties().memory()).isEqualTo(MemoryUse.FAST);
  }

  @Test
  void isLeanOfItselfOnlyWhereLittleMemoryIsFree() {
    assertThat(MemoryUse.fitting(1L << 30)).isEqualTo(MemoryUse.LEAN);
    assertThat(MemoryUse.fitting(8L << 30)).isEqualTo(MemoryUse.FAST);
    assertThat(CpuOptions.fromSystemProperties().memory())
        .isEqualTo(MemoryUse.fittingThisMachine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "slow", "1g"})
  void refusesOtherUsesOfMemory(String text) {
    System.setProperty(MEMORY, text);
    assertThatThrownBy(CpuOptions::fromSystemProperties)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("fast or lean, here \"" + text + "\"");
  }

  @Test
  void takesTheAlgorithmsOfConvolutionFromTheProperty() {
    assertThat(CpuOptions.fromSystemProperties().convolution()).isEqualTo(ConvolutionUse.FAST);
    System.setProperty(CONVOLUTION, " Direct ");
    assertThat(CpuOptions.fromSystemProperties().convolution()).isEqualTo(ConvolutionUse.DIRECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "winograd2", "0"})
  void refusesOtherAlgorithms(String text) {
    System.setProperty(CONVOLUTION, text);
    assertThatThrownBy(CpuOptions::fromSystemProperties)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("fast or direct, here \"" + text + "\"");
  }

  @Test
  void theProviderSaysWhatItWouldRunOn() {
    System.setProperty(THREADS, "2");
    Availability availability = new CpuBackendProvider().check();
    assertThat(availability.available()).isTrue();
    assertThat(availability.detail()).contains("bits, 2 threads");
  }
}

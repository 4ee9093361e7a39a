package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineMemoryTest {
  @Test
  void readsWhatLinuxSaysIsAvailable() {
    List<String> lines =
        List.of("MemTotal:       16384000 kB", "MemFree:  1024 kB", "MemAvailable:   8192000 kB");
    assertThat(MachineMemory.available(lines)).hasValue(8192000L * 1024);
    assertThat(MachineMemory.available(List.of("MemTotal: 1 kB", "damaged"))).isEmpty();
  }

  @Test
  void thisMachineHasSome() {
    assertThat(MachineMemory.available()).isGreaterThan(1 << 20);
  }
}

package dev.tempera.cpu;

import dev.tempera.backend.Availability;
import dev.tempera.backend.Backend;
import dev.tempera.backend.BackendProvider;
import dev.tempera.cpu.simd.Lanes;

/** Offers the CPU backend where the Vector API is there and compiled to vector instructions. */
public final class CpuBackendProvider implements BackendProvider {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final int FEWEST_LANES = 4;

  /** A provider, for the service loader. */
  public CpuBackendProvider() {}

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Availability check() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return Availability.no(
          "the module " + VECTOR_MODULE + " is not loaded",
          "start java with --add-modules " + VECTOR_MODULE);
    }
    if (Lanes.COUNT < FEWEST_LANES) {
      return Availability.no(
          "this Java virtual machine does not compile to vector instructions",
          "use a HotSpot JDK 25 with its C2 compiler on (no -Xint, no -XX:TieredStopAtLevel=1)");
    }
    return Availability.yes(CpuBackend.describe(CpuOptions.fromSystemProperties()));
  }

  @Override
  public Backend create() {
    return new CpuBackend(CpuOptions.fromSystemProperties());
  }
}

package dev.tempera.reference;

import dev.tempera.backend.Backend;
import dev.tempera.data.Device;

/**
 * The oracle: every op as its formula says, one element at a time, computed in double and rounded
 * once. It is what the fast backends are tested against, documentation of what each op means, and
 * the last resort.
 */
public final class ReferenceBackend
    implements Backend,
        ReferenceElementwise,
        ReferenceReduce,
        ReferenceMatmul,
        ReferenceConv,
        ReferencePool,
        ReferenceNorm,
        ReferenceResample,
        ReferenceIndex,
        ReferenceScan,
        ReferenceSoftmax,
        ReferenceSort {
  private final HostMemory host = new HostMemory();

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Device device() {
    return Device.HOST;
  }

  @Override
  public String description() {
    return "plain loops in double, one thread: slow, for checking";
  }

  @Override
  public HostMemory host() {
    return host;
  }
}

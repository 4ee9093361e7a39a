import org.jspecify.annotations.NullMarked;

/** The CPU backend: kernels on the Vector API, a worker pool and a buffer pool. */
@NullMarked
@SuppressWarnings("module") // The benchmarks are built later.
module dev.tempera.cpu {
  requires static org.jspecify;
  requires transitive dev.tempera.core;
  requires jdk.incubator.vector;

  exports dev.tempera.cpu;
  exports dev.tempera.cpu.simd to
      dev.tempera.bench;

  provides dev.tempera.backend.BackendProvider with
      dev.tempera.cpu.CpuBackendProvider;
}

package dev.tempera.cpu;

/** What the families of operations of this backend stand on. */
interface OnCpuKernels {
  /** The kernels, and what they share. */
  CpuKernels kernels();
}

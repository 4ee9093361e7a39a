/** Convolutions and their gradients as products of patches and kernels. */
@org.jspecify.annotations.NullMarked
package dev.tempera.cpu.convolution;

/** Pooling and resampling: kernels that combine pixels of an image, all channels at once. */
package dev.tempera.cpu.image;

/** Normalisation of channels: moments and gradients in float64, elements in float32. */
package dev.tempera.cpu.norm;

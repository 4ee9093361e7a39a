/** Loops over raw memory; the only package that uses the Vector API. */
package dev.tempera.cpu.simd;

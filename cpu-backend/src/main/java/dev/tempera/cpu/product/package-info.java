/** Matrix products of factors that are packed piece by piece for the micro-kernel. */
@org.jspecify.annotations.NullMarked
package dev.tempera.cpu.product;

/** What kernels stand on: pooled off-heap memory and the threads that share their work. */
package dev.tempera.cpu.runtime;

/** oneDNN, the library of kernels below PyTorch's convolutions, through JavaCPP. */
@NullMarked
package dev.tempera.bench.onednn;

import org.jspecify.annotations.NullMarked;

/** libtorch, the library below PyTorch, through DJL. */
@NullMarked
package dev.tempera.bench.libtorch;

import org.jspecify.annotations.NullMarked;

/** ND4J, the arrays below Deeplearning4j. */
@NullMarked
package dev.tempera.bench.nd4j;

import org.jspecify.annotations.NullMarked;

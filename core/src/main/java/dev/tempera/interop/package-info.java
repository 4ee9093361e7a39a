/**
 * Memory shared with others, without a copy: tensors over memory that other code owns, and tensors'
 * memory lent to other code, as segments or in the structure of DLPack.
 *
 * <p>These classes call restricted methods of {@code java.lang.foreign}: start Java with {@code
 * --enable-native-access=dev.tempera.core}, or {@code ALL-UNNAMED} on the class path.
 */
package dev.tempera.interop;

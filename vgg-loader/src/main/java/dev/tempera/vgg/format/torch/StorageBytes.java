package dev.tempera.vgg.format.torch;

import dev.tempera.io.TensorEntry.Content;

/**
 * Where the elements of a storage lie.
 *
 * @param fileOffset their first byte in the file, or that of the compressed block
 * @param content the bytes
 */
record StorageBytes(long fileOffset, Content content) {}

package dev.tempera.vgg.format.tfjs;

import java.util.List;

/**
 * Tensors that lie one after another in some files, which are read as if they were one.
 *
 * @param paths the files, called shards, in order
 * @param weights the tensors, in order
 */
record ManifestGroup(List<String> paths, List<ManifestWeight> weights) {}

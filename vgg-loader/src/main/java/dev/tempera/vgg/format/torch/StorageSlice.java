package dev.tempera.vgg.format.torch;

/**
 * The part of a storage that a tensor may reach; the whole one, except in files of PyTorch before
 * 0.4.
 *
 * @param storage the storage
 * @param start the first element that belongs to the part
 * @param count how many elements belong to it
 */
record StorageSlice(TorchStorage storage, long start, long count) {}

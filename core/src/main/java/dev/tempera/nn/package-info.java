/**
 * Neural networks as trees of blocks: parameters and buffers with names, layers that apply them,
 * and their state in files.
 *
 * <p>A {@link dev.tempera.nn.Block} is what PyTorch calls a module; that name is taken by {@link
 * java.lang.Module}, which every source file imports. A {@link dev.tempera.nn.Layer} is a block
 * that maps one tensor to one. Layers end in {@code Layer}, because {@code dev.tempera.op.Conv2d}
 * is the operation, without memory, that a {@link dev.tempera.nn.Conv2dLayer} applies to weights of
 * its own; {@link dev.tempera.nn.Sequential} and {@link dev.tempera.nn.Residual} combine other
 * layers.
 *
 * <p>Names follow PyTorch, {@code features.0.weight}, so that state files fit both ways. Parameters
 * are tracked tensors in no scope: they live until their block is closed, and every step may open
 * and close a {@link dev.tempera.tensor.TensorScope} of its own.
 */
package dev.tempera.nn;

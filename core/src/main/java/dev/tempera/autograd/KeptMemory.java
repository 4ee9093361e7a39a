package dev.tempera.autograd;

/**
 * A block of memory that a kept value holds on to.
 *
 * @param what names the value, for people
 * @param block the block itself; values kept in one block name the same, compared by identity
 * @param bytes the size of the whole block
 */
public record KeptMemory(String what, Object block, long bytes) {}

package dev.tempera.style;

/**
 * One round of the optimisation at a share of the final size.
 *
 * @param size share of the final width and height, in (0, 1]
 * @param effort share of all iterations
 */
public record Scale(double size, double effort) {}

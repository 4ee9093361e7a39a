package dev.tempera.style;

/**
 * The losses at one evaluation, each with its weight.
 *
 * @param scale which round, from 1
 * @param iteration which evaluation of the whole run, from 1
 * @param content the content loss
 * @param style the style loss
 * @param totalVariation the total variation and the penalty for values that are no colours
 * @param total their sum
 * @param elapsedMillis since the run began
 */
public record LossRecord(
    int scale,
    int iteration,
    double content,
    double style,
    double totalVariation,
    double total,
    long elapsedMillis) {}

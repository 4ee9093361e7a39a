package dev.tempera.style;

import dev.tempera.forecast.MemoryForecast;
import java.util.Optional;

/**
 * What a run is about to do.
 *
 * @param features what the features are, in words
 * @param advice how to get others, where that is worth saying
 * @param warning what the user should know before trusting the result
 * @param size of the result, width × height
 * @param layers at which losses are taken
 * @param forecast of the memory that the run will take; none if it may take any
 */
public record Opening(
    String features,
    Optional<String> advice,
    Optional<String> warning,
    String size,
    LayerChoice layers,
    Optional<MemoryForecast> forecast) {}

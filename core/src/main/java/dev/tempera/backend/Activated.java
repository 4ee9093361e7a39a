package dev.tempera.backend;

import dev.tempera.data.Mask;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * A value, and where it passed its activation.
 *
 * @param value the result
 * @param mask set bits where the activation passed its input on; null if none was asked for
 */
public record Activated(View value, @Nullable Mask mask) {}

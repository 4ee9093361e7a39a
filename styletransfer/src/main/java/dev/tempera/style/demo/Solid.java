package dev.tempera.style.demo;

import org.jspecify.annotations.Nullable;

/** A thing that stands in the landscape. */
interface Solid {

  /** Where the ray first meets the thing, or nothing. */
  @Nullable Hit hit(Ray ray);

  /** How much of the light along the ray passes the thing, 0 to 1. */
  double transmittance(Ray ray);
}

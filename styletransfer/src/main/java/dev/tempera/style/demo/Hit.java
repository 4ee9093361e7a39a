package dev.tempera.style.demo;

/**
 * Where a ray meets a solid.
 *
 * @param distance along the ray
 * @param normal away from the solid
 * @param albedo the part of red, green and blue light that the surface throws back
 * @param light how much of the sun reaches the point inside its own solid, 0 to 1
 */
record Hit(double distance, Vector normal, Vector albedo, double light) {}

/**
 * Pictures as values: reading them from files with their orientation, colour profile and
 * transparency taken into account, and writing them whole or not at all.
 */
@NullMarked
package dev.tempera.style.image;

import org.jspecify.annotations.NullMarked;

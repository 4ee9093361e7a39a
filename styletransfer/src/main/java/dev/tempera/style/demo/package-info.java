/** Two pictures made by formulas, to try the program on: a landscape and a painting. */
@NullMarked
package dev.tempera.style.demo;

import org.jspecify.annotations.NullMarked;

/** Pictures of handwritten-looking digits, made by formula: shapes, handwriting, ink and paper. */
package dev.tempera.examples.digits;

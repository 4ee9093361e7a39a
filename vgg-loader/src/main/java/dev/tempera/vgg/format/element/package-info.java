/** Stored numbers and compressed bytes, as several formats have them. */
package dev.tempera.vgg.format.element;

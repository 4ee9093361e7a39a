/** Reads MATLAB's MAT files of version 5. */
package dev.tempera.vgg.format.mat;

/** Reads HDF5 files of weights: Keras's, and MATLAB's of version 7.3. */
package dev.tempera.vgg.format.hdf5;

/** Reads and writes NumPy's files: {@code .npy}, one array, and {@code .npz}, a zip of them. */
package dev.tempera.io.npy;

/** LeNet trained on drawn digits: a whole training loop with modules, loss and optimiser. */
package dev.tempera.examples.lenet;

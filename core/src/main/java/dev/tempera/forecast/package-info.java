/** Memory forecasts: programs run on a backend that counts bytes and computes nothing. */
package dev.tempera.forecast;

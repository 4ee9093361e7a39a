/** The CPU backend, its options, and how it is found. */
package dev.tempera.cpu;

/** Reads zip archives where they lie, every size and place checked against the file. */
package dev.tempera.io.zip;

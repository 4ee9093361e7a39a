/** One class for each family of operations: looks at layouts, splits the work, calls the loops. */
package dev.tempera.cpu.kernel;

package dev.tempera.backend;

/** Makes a backend known; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {
  /** The name it is chosen by, lower case. */
  String name();

  /** Which backend is taken when none is named: the available one with the highest rank. */
  int rank();

  /** Whether it can run here, without starting it. */
  Availability check();

  /** Starts it. Called at most once, and only if {@link #check} says that it can run. */
  Backend create();
}

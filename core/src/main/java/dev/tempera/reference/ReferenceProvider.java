package dev.tempera.reference;

import dev.tempera.backend.Availability;
import dev.tempera.backend.Backend;
import dev.tempera.backend.BackendProvider;

/** Offers the reference backend, which runs everywhere and is taken last. */
public final class ReferenceProvider implements BackendProvider {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability check() {
    return Availability.yes("plain loops in double, one thread: slow, for checking");
  }

  @Override
  public Backend create() {
    return new ReferenceBackend();
  }
}

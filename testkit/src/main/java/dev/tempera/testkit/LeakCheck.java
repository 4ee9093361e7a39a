package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.MemoryStatistics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves memory held on any backend that has been started by name: as many
 * storages have a holder after it as before.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private final Map<Backend, MemoryStatistics> before = new HashMap<>();

  /** An extension for {@code @ExtendWith}. */
  public LeakCheck() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    before.clear();
    for (Backend backend : Backends.started()) {
      before.put(backend, backend.memory());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (Backend backend : Backends.started()) {
      MemoryStatistics then = before.get(backend);
      MemoryStatistics now = backend.memory();
      long storages = now.storages() - (then == null ? 0 : then.storages());
      long bytes = now.live() - (then == null ? 0 : then.live());
      if (storages != 0 || bytes != 0) {
        throw new AssertionError(
            context.getDisplayName()
                + ": "
                + storages
                + " storages of "
                + bytes
                + " bytes were not given back on backend "
                + backend.name());
      }
    }
  }
}

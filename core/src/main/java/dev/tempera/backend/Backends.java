package dev.tempera.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The backends of this process. One is taken by name, by the system property {@code
 * tempera.backend}, or else the available one with the highest rank; a backend that was asked for
 * by name is never replaced by another.
 */
public final class Backends {
  private static final String PROPERTY = "tempera.backend";
  private static final Map<String, Backend> STARTED = new HashMap<>();
  private static final ThreadLocal<@Nullable Backend> CHOSEN = new ThreadLocal<>();

  private Backends() {}

  /** Restores the backend that was current before, when closed. */
  public interface Choice extends AutoCloseable {
    @Override
    void close();
  }

  /** All known providers, highest rank first. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> providers = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader())
        .forEach(providers::add);
    providers.sort(
        Comparator.comparingInt(BackendProvider::rank)
            .reversed()
            .thenComparing(BackendProvider::name));
    return providers;
  }

  /**
   * The backend that new tensors of this thread are made on.
   *
   * @throws BackendException if the property names one that is unknown or not available
   */
  public static Backend current() {
    Backend chosen = CHOSEN.get();
    if (chosen != null) {
      return chosen;
    }
    String name = System.getProperty(PROPERTY);
    return name != null ? named(name) : preferred();
  }

  /** Makes a backend current for this thread until the choice is closed. */
  public static Choice use(Backend backend) {
    Backend before = CHOSEN.get();
    CHOSEN.set(backend);
    return () -> {
      if (before == null) {
        CHOSEN.remove();
      } else {
        CHOSEN.set(before);
      }
    };
  }

  /**
   * The backend of this name, started on first use.
   *
   * @throws BackendException if there is none of that name, or it cannot run here; the message says
   *     why
   */
  public static synchronized Backend named(String name) {
    Backend started = STARTED.get(name);
    if (started != null) {
      return started;
    }
    List<BackendProvider> providers = providers();
    for (BackendProvider provider : providers) {
      if (provider.name().equals(name)) {
        Availability availability = provider.check();
        if (!availability.available()) {
          throw new BackendException(
              "backend " + name + " is not available: " + availability.detail());
        }
        Backend backend = provider.create();
        STARTED.put(name, backend);
        return backend;
      }
    }
    throw new BackendException(
        "there is no backend named "
            + name
            + "; known are "
            + providers.stream().map(BackendProvider::name).collect(Collectors.joining(", ")));
  }

  /** The backends that have been started by name. */
  public static synchronized List<Backend> started() {
    return List.copyOf(STARTED.values());
  }

  private static Backend preferred() {
    for (BackendProvider provider : providers()) {
      if (provider.check().available()) {
        return named(provider.name());
      }
    }
    throw new BackendException("no backend is available");
  }
}

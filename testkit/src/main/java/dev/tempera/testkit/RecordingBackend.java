package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is asked of a backend, method by method, and notes which enum constants were passed.
 * What a backend asks of itself does not count.
 */
public final class RecordingBackend {
  private final Backend target;
  private final Backend recorder;
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final Set<Enum<?>> constants = ConcurrentHashMap.newKeySet();

  /** A recorder in front of a backend. */
  public RecordingBackend(Backend target) {
    this.target = target;
    this.recorder =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this::invoke);
  }

  /** The backend to make tensors on. */
  public Backend backend() {
    return recorder;
  }

  /** How often a method was called. */
  public int calls(String method) {
    return calls.getOrDefault(method, 0);
  }

  /** The names of all methods that were called. */
  public Set<String> methods() {
    return new HashSet<>(calls.keySet());
  }

  /** All enum constants that were passed as arguments. */
  public Set<Enum<?>> constants() {
    return new HashSet<>(constants);
  }

  @SuppressWarnings("ReferenceEquality") // Backends are compared by identity.
  private @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "recording " + target.name();
      };
    }
    calls.merge(method.getName(), 1, Integer::sum);
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument instanceof Enum<?> constant) {
          constants.add(constant);
        }
      }
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}

package dev.tempera.tensor;

import dev.tempera.data.ByteCount;
import dev.tempera.data.Storage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the tensors of a scope, and of the scopes opened inside it, may hold together;
 * every storage counts once. Knows which operation made how many of them.
 */
final class ScopeLimit {
  private static final int LONGEST_LISTING = 12;

  private final String scope;
  private final long most;
  private final @Nullable ScopeLimit outer;
  private final IdentityHashMap<Storage, Holding> holdings = new IdentityHashMap<>();
  private long bytes;

  /** A storage, by whom it was made, and how many tensors of the scope share it. */
  private static final class Holding {
    private final String op;
    private int tensors;

    Holding(String op) {
      this.op = op;
    }
  }

  /** What one operation made. */
  private record Share(int storages, long bytes) {
    Share plus(Share other) {
      return new Share(storages + other.storages, bytes + other.bytes);
    }
  }

  /**
   * A limit.
   *
   * @param scope the scope's name
   * @param most bytes
   * @param outer the limit of an enclosing scope, which counts the same tensors; null for none
   */
  ScopeLimit(String scope, long most, @Nullable ScopeLimit outer) {
    this.scope = scope;
    this.most = most;
    this.outer = outer;
  }

  /**
   * Counts a tensor.
   *
   * @throws IllegalStateException if it does not fit any more; nothing is counted then
   */
  void add(Tensor tensor) {
    count(tensor);
    if (outer != null) {
      try {
        outer.add(tensor);
      } catch (IllegalStateException refused) {
        discount(tensor);
        throw refused;
      }
    }
  }

  /** Counts a tensor no more. */
  void remove(Tensor tensor) {
    discount(tensor);
    if (outer != null) {
      outer.remove(tensor);
    }
  }

  private synchronized void count(Tensor tensor) {
    Storage storage = tensor.view().storage();
    Holding holding = holdings.get(storage);
    if (holding == null) {
      long more = storage.byteSize();
      if (bytes + more > most) {
        throw new IllegalStateException(refusal(tensor, more));
      }
      holding = new Holding(tensor.op());
      holdings.put(storage, holding);
      bytes += more;
    }
    holding.tensors++;
  }

  private synchronized void discount(Tensor tensor) {
    Storage storage = tensor.view().storage();
    Holding holding = holdings.get(storage);
    if (holding != null && --holding.tensors == 0) {
      holdings.remove(storage);
      bytes -= storage.byteSize();
    }
  }

  private String refusal(Tensor tensor, long more) {
    return "scope "
        + scope
        + ": limit reached\n  tensor  "
        + tensor.dtype()
        + tensor.shape()
        + " takes "
        + more
        + " bytes, made by "
        + tensor.op()
        + "\n  rule    "
        + bytes
        + " + "
        + more
        + " ≤ "
        + most
        + " bytes"
        + listing()
        + "\n  hint    close what is no longer needed, or use a smaller image";
  }

  /** What each operation made, the largest first. */
  private String listing() {
    Map<String, Share> shares = new HashMap<>();
    holdings.forEach(
        (storage, holding) ->
            shares.merge(holding.op, new Share(1, storage.byteSize()), Share::plus));
    String lines =
        shares.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Share> made) -> -made.getValue().bytes)
                    .thenComparing(Map.Entry::getKey))
            .limit(LONGEST_LISTING)
            .map(made -> line(made.getKey(), made.getValue()))
            .collect(Collectors.joining());
    int left = shares.size() - LONGEST_LISTING;
    return left > 0 ? lines + "\n          and " + left + " operations more" : lines;
  }

  private static String line(String op, Share made) {
    return "\n  held    "
        + ByteCount.text(made.bytes)
        + " in "
        + made.storages
        + (made.storages == 1 ? " tensor" : " tensors")
        + " made by "
        + op;
  }
}

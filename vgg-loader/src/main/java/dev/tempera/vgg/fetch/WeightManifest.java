package dev.tempera.vgg.fetch;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tempera.vgg.WeightFamily;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The published weights that the library knows, from the resource {@code sources.json}. */
public final class WeightManifest {
  private static final String RESOURCE = "sources.json";

  private final List<WeightSource> sources;

  /** A manifest of such sources. */
  public WeightManifest(List<WeightSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** The manifest that the library carries. */
  public static WeightManifest standard() {
    try (InputStream json =
        Objects.requireNonNull(WeightManifest.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      List<WeightSource> sources = new ArrayList<>();
      for (Object entry : JSON.std.listFrom(json)) {
        sources.add(source((Map<?, ?>) entry));
      }
      return new WeightManifest(sources);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static WeightSource source(Map<?, ?> entry) {
    List<?> addresses = (List<?>) Objects.requireNonNull(entry.get("addresses"), "addresses");
    Number bytes = (@Nullable Number) entry.get("bytes");
    String hash = (@Nullable String) entry.get("hash");
    return new WeightSource(
        text(entry, "name"),
        WeightFamily.valueOf(text(entry, "family")),
        text(entry, "contents"),
        addresses.stream().map(address -> URI.create((String) address)).toList(),
        text(entry, "file"),
        bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.longValue()),
        Optional.ofNullable(hash).map(PublishedHash::parse),
        text(entry, "licence"),
        text(entry, "evidence"));
  }

  private static String text(Map<?, ?> entry, String key) {
    return (String) Objects.requireNonNull(entry.get(key), key);
  }

  /** All sources, the ones to take first before the others. */
  public List<WeightSource> sources() {
    return sources;
  }

  /** The source of such a name, if there is one. */
  public Optional<WeightSource> find(String name) {
    return sources.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /**
   * The source of such a name.
   *
   * @throws FetchException if there is none; the message lists those there are
   */
  public WeightSource source(String name) throws FetchException {
    return find(name)
        .orElseThrow(
            () ->
                new FetchException(
                    "no weights named '"
                        + name
                        + "'; known are "
                        + sources.stream()
                            .map(WeightSource::name)
                            .collect(Collectors.joining(", "))));
  }
}

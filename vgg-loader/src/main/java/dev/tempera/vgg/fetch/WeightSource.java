package dev.tempera.vgg.fetch;

import dev.tempera.vgg.WeightFamily;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A published file of weights: what it is, where it is had, and how to tell that it came whole.
 *
 * @param name what users call it, such as {@code vgg19}
 * @param family what preprocessing and loss weights it goes with
 * @param contents net, format and what is in it, in words
 * @param addresses where its publisher has it, the preferred one first
 * @param fileName its name there and in the cache
 * @param bytes its size, where that is published
 * @param hash its hash, where that is published
 * @param licence as the publisher states it
 * @param evidence where size, hash and licence are published
 */
public record WeightSource(
    String name,
    WeightFamily family,
    String contents,
    List<URI> addresses,
    String fileName,
    OptionalLong bytes,
    Optional<PublishedHash> hash,
    String licence,
    String evidence) {
  /** A source, with a copy of the addresses. */
  public WeightSource {
    addresses = List.copyOf(addresses);
  }
}

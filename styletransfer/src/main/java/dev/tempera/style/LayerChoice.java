package dev.tempera.style;

import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import dev.tempera.vgg.WeightFamily;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The layers at which losses are taken.
 *
 * @param style layers whose statistics are matched
 * @param content layers whose feature maps are matched
 */
public record LayerChoice(List<Layer> style, List<Layer> content) {
  private static final List<Layer> VGG_STYLE = relus("1_1", "2_1", "3_1", "4_1", "5_1");
  private static final Layer VGG_CONTENT = Layer.relu(4, 2);
  private static final List<Layer> PCA_STYLE = relus("1_1", "2_1", "3_1", "4_1");
  private static final List<Layer> PCA_CONTENT = relus("2_1", "3_1");

  /**
   * The usual layers of a net. VGG: style relu1_1 … relu5_1 as deep as the weights go, content
   * relu4_2 or the deepest available before it. PCA filters: style relu1_1 … relu4_1, content
   * relu2_1 and relu3_1.
   */
  public static LayerChoice usual(VggNet net) {
    Vgg vgg = net.description();
    if (net.family() == WeightFamily.PCA) {
      return new LayerChoice(
          PCA_STYLE.stream().filter(vgg::has).toList(),
          vgg.has(PCA_CONTENT.get(0))
              ? PCA_CONTENT.stream().filter(vgg::has).toList()
              : relus("1_1"));
    }
    return new LayerChoice(
        VGG_STYLE.stream().filter(vgg::has).toList(),
        vgg.layers().stream()
            .filter(layer -> layer.kind() == Layer.Kind.RELU)
            .filter(layer -> layer.compareTo(VGG_CONTENT) <= 0)
            .max(Comparator.naturalOrder())
            .stream()
            .toList());
  }

  /** The same with other style layers; none means no change. */
  public LayerChoice withStyle(List<Layer> layers) {
    return layers.isEmpty() ? this : new LayerChoice(List.copyOf(layers), content);
  }

  /** The same with other content layers; none means no change. */
  public LayerChoice withContent(List<Layer> layers) {
    return layers.isEmpty() ? this : new LayerChoice(style, List.copyOf(layers));
  }

  /** All of them, in the order data flows. */
  public Set<Layer> all() {
    Set<Layer> all = new TreeSet<>(style);
    all.addAll(content);
    return all;
  }

  private static List<Layer> relus(String... names) {
    return List.of(names).stream().map(name -> Layer.parse("relu" + name)).toList();
  }
}

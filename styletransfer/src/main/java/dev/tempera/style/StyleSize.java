package dev.tempera.style;

/** How large a style image is made: strokes come out as large as they are in it. */
public enum StyleSize {
  /** Of the content's area. */
  AREA {
    @Override
    double factor(ImageSize style, ImageSize content) {
      return Math.sqrt((double) content.pixels() / style.pixels());
    }
  },
  /** As long as the content at its longer side. */
  LONGEST_SIDE {
    @Override
    double factor(ImageSize style, ImageSize content) {
      return (double) content.longest() / style.longest();
    }
  };

  /** What the style's width and height are multiplied by. */
  abstract double factor(ImageSize style, ImageSize content);
}

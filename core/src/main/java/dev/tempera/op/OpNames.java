package dev.tempera.op;

/** Names of elementwise operations as messages write them. */
final class OpNames {
  private OpNames() {}

  /** The constant's name in camel case: SQUARE_ROOT is squareRoot. */
  static String of(Enum<?> op) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : op.name().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? c : Character.toLowerCase(c));
        upper = false;
      }
    }
    return name.toString();
  }
}

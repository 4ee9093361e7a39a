package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An equation of {@link Einsum}, resolved for the shapes of its operands: every axis has a label,
 * and equal labels are one index. Letters are labels as they are; the axes that an ellipsis stands
 * for have the labels −1, −2, … counted from its end.
 */
final class EinsumEquation {
  private static final String ELLIPSIS = "...";
  private static final String ARROW = "->";

  private final String text;
  private final List<Shape> shapes;
  private final String[] terms;
  private final List<List<Integer>> operands = new ArrayList<>();
  private final Map<Integer, Integer> lengths = new LinkedHashMap<>();
  private final Map<Integer, Integer> uses = new TreeMap<>();
  private final List<Integer> output;

  private EinsumEquation(String text, List<Shape> shapes) {
    this.text = text;
    this.shapes = shapes;
    String equation = text.replace(" ", "");
    int arrow = equation.indexOf(ARROW);
    terms = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
    if (terms.length != shapes.size()) {
      throw refusal(
          terms.length + " terms for " + shapes.size() + " operands",
          "one term for each operand, with commas between them");
    }
    for (int i = 0; i < terms.length; i++) {
      operands.add(labels(terms[i], shapes.get(i).rank(), "operand " + i));
      measure(i);
    }
    output = arrow < 0 ? implicitOutput() : explicitOutput(equation.substring(arrow + 2));
  }

  /**
   * Resolves an equation.
   *
   * @throws ShapeException if it does not fit the shapes
   */
  static EinsumEquation of(String text, List<Shape> shapes) {
    return new EinsumEquation(text, shapes);
  }

  /** The labels of an operand's axes. */
  List<Integer> operand(int index) {
    return operands.get(index);
  }

  /** The labels of the result's axes. */
  List<Integer> output() {
    return output;
  }

  /** How many values an index takes. */
  int length(int label) {
    return lengths.getOrDefault(label, 1);
  }

  private List<Integer> labels(String term, int rank, String of) {
    int dots = term.indexOf(ELLIPSIS);
    String letters = dots < 0 ? term : term.substring(0, dots) + term.substring(dots + 3);
    for (int i = 0; i < letters.length(); i++) {
      if (!isLetter(letters.charAt(i))) {
        throw refusal(
            "'" + letters.charAt(i) + "' is no index", "indices are the letters a to z and A to Z");
      }
    }
    int hidden = rank - letters.length();
    if (hidden < 0 || (hidden > 0 && dots < 0)) {
      throw refusal(
          of + " has " + rank + " axes, its term names " + letters.length(),
          "one letter for each axis; an ellipsis stands for any number of axes");
    }
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      if (i == dots) {
        addHidden(labels, hidden);
      }
      labels.add((int) letters.charAt(i));
    }
    if (dots == letters.length()) {
      addHidden(labels, hidden);
    }
    return labels;
  }

  private static void addHidden(List<Integer> labels, int hidden) {
    for (int axis = hidden; axis > 0; axis--) {
      labels.add(-axis);
    }
  }

  private static boolean isLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  }

  /** Notes how often an operand's labels occur, and their lengths. */
  private void measure(int operand) {
    List<Integer> labels = operands.get(operand);
    for (int axis = 0; axis < labels.size(); axis++) {
      int label = labels.get(axis);
      int length = shapes.get(operand).dim(axis);
      int known = lengths.getOrDefault(label, length);
      boolean stretches = label < 0 && (length == 1 || known == 1);
      if (length != known && !stretches) {
        throw refusal(
            name(label) + " has lengths " + known + " and " + length,
            label < 0
                ? "axes under an ellipsis are equal or 1, counted from its end"
                : "one letter, one length; operand " + operand + " differs from what is before it");
      }
      lengths.put(label, label < 0 && known == 1 ? length : known);
      uses.merge(label, 1, Integer::sum);
    }
  }

  private static String name(int label) {
    return label < 0 ? "axis " + label + " of the ellipsis" : "index " + (char) label;
  }

  /** The axes under ellipses, then the letters that occur once, in alphabetical order. */
  private List<Integer> implicitOutput() {
    List<Integer> labels = new ArrayList<>();
    uses.forEach(
        (label, count) -> {
          if (label < 0 || count == 1) {
            labels.add(label);
          }
        });
    return labels;
  }

  private List<Integer> explicitOutput(String term) {
    int letters = term.replace(ELLIPSIS, "").length();
    int hidden = (int) uses.keySet().stream().filter(label -> label < 0).count();
    int rank = letters + (term.contains(ELLIPSIS) ? hidden : 0);
    List<Integer> labels = labels(term, rank, "the output");
    for (int label : labels) {
      if (!uses.containsKey(label)) {
        throw refusal(
            name(label) + " is in no operand", "every index of the output is in an operand");
      }
      if (labels.indexOf(label) != labels.lastIndexOf(label)) {
        throw refusal(name(label) + " is twice in the output", "each index at most once there");
      }
    }
    return labels;
  }

  private ShapeException refusal(String problem, String rule) {
    StringBuilder message = new StringBuilder("einsum: " + problem + "\n  equation  " + text);
    for (int i = 0; i < shapes.size(); i++) {
      message.append("\n  operand ").append(i).append(' ').append(shapes.get(i));
      if (i < terms.length) {
        message.append("  ").append(terms[i]);
      }
    }
    return new ShapeException(message.append("\n  rule    ").append(rule).toString());
  }
}

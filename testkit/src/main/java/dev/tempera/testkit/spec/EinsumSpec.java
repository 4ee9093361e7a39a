package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Einsum;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Einstein's summation; the parameter is the equation. */
public record EinsumSpec() implements OpSpec<String> {
  @Override
  public String name() {
    return "einsum";
  }

  @Override
  public Class<?> operation() {
    return Einsum.class;
  }

  @Override
  public List<Sample<String>> samples(Draw draw) {
    return List.of(
        of("ij,jk->ik", draw.normal(5, 7), draw.normal(7, 3)),
        of("ij,jk", draw.normal(5, 17), draw.normal(17, 3)),
        of("i,i->", draw.normal(33), draw.normal(33)),
        of("i,j->ij", draw.normal(5), draw.normal(7)),
        of("ij,ij->ij", draw.normal(5, 7), draw.normal(5, 7)),
        of("ij->ji", draw.normal(5, 7)),
        of("ba", draw.normal(5, 7)),
        of("ij->", draw.normal(5, 7)),
        of("ii->i", draw.normal(7, 7)),
        of("ii", draw.normal(7, 7)),
        of("iij,jkk->ik", draw.normal(3, 3, 5), draw.normal(5, 2, 2)),
        of("iii->i", draw.normal(3, 3, 3)),
        of("bij,bjk->bik", draw.normal(2, 5, 7), draw.normal(2, 7, 3)),
        of("bi,bi->b", draw.normal(5, 17), draw.normal(5, 17)),
        of("bchw,bdhw->bcd", draw.normal(2, 3, 5, 4), draw.normal(2, 7, 5, 4)),
        of("bqhd,bkhd->bhqk", draw.normal(2, 5, 3, 4), draw.normal(2, 7, 3, 4)),
        of("nctkv,kvw->nctw", draw.normal(2, 3, 4, 2, 5), draw.normal(2, 5, 6)),
        of("ij,kj,jl->il", draw.normal(5, 3), draw.normal(4, 3), draw.normal(3, 7)),
        of(
            "ab,bc,cd,da->",
            draw.normal(2, 5),
            draw.normal(5, 3),
            draw.normal(3, 7),
            draw.normal(7, 2)),
        of("A, B -> BA", draw.normal(3), draw.normal(5)),
        of("...ij,...jk->...ik", draw.normal(2, 1, 3, 5), draw.normal(4, 5, 3)),
        of("...,...", draw.normal(3, 1), draw.normal(1, 5)),
        of("i...,i...->...", draw.normal(5, 2, 3), draw.normal(5, 1, 3)),
        of("b...i->i", draw.normal(2, 3, 4, 5)),
        of("...ii->...i", draw.normal(2, 3, 3)),
        of(",i->i", draw.normal(), draw.normal(7)),
        of("ij,jk->ik", draw.normal(3, 0), draw.normal(0, 5)));
  }

  @Override
  public List<Sample<String>> largeSamples(Draw draw) {
    return List.of(
        of("bqhd,bkhd->bhqk", draw.normal(2, 65, 4, 32), draw.normal(2, 67, 4, 32)),
        of("bi,ij,jk->bk", draw.normal(64, 257), draw.normal(257, 131), draw.normal(131, 97)));
  }

  private static Sample<String> of(String equation, Input... inputs) {
    return Sample.of(equation, equation, inputs);
  }

  @Override
  public Tensor apply(String parameters, List<Tensor> inputs) {
    return Einsum.apply(parameters, inputs.toArray(new Tensor[0]));
  }

  @Override
  public Tolerance tolerance(Sample<String> sample) {
    return Tolerance.sumOf(terms(sample)).withFloor(1);
  }

  /** The number of all combinations of indices: at most so many products are added up. */
  private static long terms(Sample<String> sample) {
    String[] terms = sample.parameters().replace(" ", "").split("->", -1)[0].split(",", -1);
    Map<Character, Integer> lengths = new HashMap<>();
    long hidden = 1;
    for (int i = 0; i < terms.length; i++) {
      Shape shape = sample.input(i).shape();
      String before = terms[i].split("\\.\\.\\.", -1)[0];
      String after = terms[i].substring(before.length()).replace("...", "");
      long own = shape.size();
      for (int axis = 0; axis < before.length(); axis++) {
        lengths.put(before.charAt(axis), shape.dim(axis));
        own /= Math.max(shape.dim(axis), 1);
      }
      for (int axis = 0; axis < after.length(); axis++) {
        lengths.put(after.charAt(axis), shape.dim(axis - after.length()));
        own /= Math.max(shape.dim(axis - after.length()), 1);
      }
      hidden *= Math.max(own, 1);
    }
    return lengths.values().stream().mapToLong(length -> length).reduce(hidden, (a, b) -> a * b);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "lengths that differ",
            ShapeException.class,
            () -> Einsum.apply("ij,jk->ik", Tensor.ones(2, 3), Tensor.ones(4, 5)),
            "einsum: index j has lengths 3 and 4",
            "equation  ij,jk->ik",
            "operand 0 [2, 3]  ij",
            "operand 1 [4, 5]  jk",
            "one letter, one length"),
        ErrorSample.of(
            "a diagonal that is none",
            ShapeException.class,
            () -> Einsum.apply("ii", Tensor.ones(2, 3)),
            "einsum: index i has lengths 2 and 3"),
        ErrorSample.of(
            "axes under an ellipsis that do not broadcast",
            ShapeException.class,
            () -> Einsum.apply("...,...", Tensor.ones(2), Tensor.ones(3)),
            "einsum: axis -1 of the ellipsis has lengths 2 and 3",
            "are equal or 1"),
        ErrorSample.of(
            "fewer terms than operands",
            ShapeException.class,
            () -> Einsum.apply("ij->ij", Tensor.ones(2, 3), Tensor.ones(3)),
            "einsum: 1 terms for 2 operands"),
        ErrorSample.of(
            "fewer letters than axes",
            ShapeException.class,
            () -> Einsum.apply("i", Tensor.ones(2, 3)),
            "einsum: operand 0 has 2 axes, its term names 1",
            "an ellipsis stands for any number of axes"),
        ErrorSample.of(
            "a digit",
            ShapeException.class,
            () -> Einsum.apply("i1", Tensor.ones(2, 3)),
            "einsum: '1' is no index",
            "the letters a to z and A to Z"),
        ErrorSample.of(
            "an unknown index",
            ShapeException.class,
            () -> Einsum.apply("ij->ik", Tensor.ones(2, 3)),
            "einsum: index k is in no operand"),
        ErrorSample.of(
            "an index twice in the output",
            ShapeException.class,
            () -> Einsum.apply("ij->ii", Tensor.ones(2, 3)),
            "einsum: index i is twice in the output"),
        ErrorSample.of(
            "two arrows",
            ShapeException.class,
            () -> Einsum.apply("i->i->i", Tensor.ones(2)),
            "is no index"),
        ErrorSample.of(
            "no operands",
            IllegalArgumentException.class,
            () -> Einsum.apply("->"),
            "einsum: there are no operands"),
        ErrorSample.of(
            "types that differ",
            IllegalArgumentException.class,
            () -> Einsum.apply("i,i", Tensor.ones(2), Tensor.ones(DType.FLOAT64, 2)),
            "einsum: operands have different element types",
            "float64[2]"));
  }
}

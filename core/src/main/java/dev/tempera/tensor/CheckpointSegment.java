package dev.tempera.tensor;

import dev.tempera.autograd.Kept;
import dev.tempera.autograd.KeptMemory;
import dev.tempera.autograd.Node;
import dev.tempera.autograd.Rule;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a checkpointed segment. Its operations are recorded without what their rules keep; the
 * first rule that is asked for runs the segment again, and the n-th operation then has the rule of
 * the n-th operation of the second run.
 *
 * <p>It is held by the first run and by every node recorded in it.
 */
final class CheckpointSegment {
  private final Checkpoint.Segment function;
  private final List<Tensor> inputs;
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> stepsAgain = new ArrayList<>();
  private final List<Node<Tensor>> nodesAgain = new ArrayList<>();
  private final List<Long> draws = new ArrayList<>();
  private final BitSet released = new BitSet();
  private int drawsAgain;
  private int holders = 1;
  private boolean firstRunOver;
  private boolean replayed;

  /**
   * @param inputs a second handle on each is held until the segment has run again
   */
  CheckpointSegment(Checkpoint.Segment function, List<Tensor> inputs) {
    this.function = function;
    this.inputs = inputs.stream().map(Tensor::alias).toList();
  }

  /**
   * What is noted of an operation to recognise it.
   *
   * @param op its name
   * @param writes how often its operands have been written to
   */
  private record Step(String op, long writes) {
    static Step of(String op, Tensor[] operands) {
      long writes = 0;
      for (Tensor operand : operands) {
        writes += operand.view().storage().version();
      }
      return new Step(op, writes);
    }
  }

  /** What a recorded operation keeps: its place in the segment. */
  private final class Place implements Kept {
    private final int index;

    Place(int index) {
      this.index = index;
    }

    @Override
    public void release() {
      releaseStep(index);
    }

    @Override
    public List<KeptMemory> memory() {
      return memoryOf(index);
    }
  }

  /** The node of an operation of the first run. */
  synchronized Node<Tensor> defer(
      String op, View value, Tensor[] operands, List<@Nullable Node<Tensor>> nodes) {
    int index = steps.size();
    steps.add(Step.of(op, operands));
    holders++;
    Rule<Tensor> rule = (gradient, into) -> rule(index).apply(gradient, into);
    return Node.of(op, value.dtype(), value.shape(), nodes, List.of(new Place(index)), rule);
  }

  /** Takes an operation of the second run. */
  synchronized void replayed(String op, Tensor[] operands, Node<Tensor> node) {
    stepsAgain.add(Step.of(op, operands));
    node.retain();
    nodesAgain.add(node);
  }

  private void requireSame(int index) {
    Step first = index < steps.size() ? steps.get(index) : null;
    Step again = index < stepsAgain.size() ? stepsAgain.get(index) : null;
    if (first == null || again == null || !first.op().equals(again.op())) {
      throw new IllegalStateException(
          "checkpoint: the segment took another way when it ran again\n  place   operation "
              + index
              + "\n  first   "
              + (first == null ? "the end" : first.op())
              + "\n  again   "
              + (again == null ? "the end" : again.op())
              + "\n  rule    the same operations in the same order"
              + "\n  hint    let nothing that changes in between decide what the segment does");
    }
    if (first.writes() != again.writes()) {
      throw new IllegalStateException(
          "checkpoint: a tensor that the segment uses was written over since\n  place   operation "
              + index
              + ", "
              + first.op()
              + "\n  hint    compute gradients before the optimiser's step");
    }
  }

  /** A number that is drawn in the first run and the same in the second. */
  synchronized long firstDraw(long number) {
    draws.add(number);
    return number;
  }

  /** The next number that was drawn in the first run. */
  synchronized long drawAgain(LongSupplier beyond) {
    return drawsAgain < draws.size() ? draws.get(drawsAgain++) : beyond.getAsLong();
  }

  /** Ends the first run. */
  synchronized void endFirstRun() {
    firstRunOver = true;
    for (int i = steps.size(); i < nodesAgain.size(); i++) {
      nodesAgain.get(i).release();
    }
    releaseHolder();
  }

  private synchronized Rule<Tensor> rule(int index) {
    if (!replayed) {
      replay();
    }
    requireSame(index);
    return nodesAgain.get(index).rule();
  }

  private void replay() {
    try (RecordingState.Section _ = RecordingState.replaying(this);
        TensorScope _ = TensorScope.open("checkpoint")) {
      function.run(inputs);
      int operations = firstRunOver ? Math.max(steps.size(), stepsAgain.size()) : steps.size();
      IntStream.range(0, operations).forEach(this::requireSame);
    } catch (RuntimeException | Error failure) {
      nodesAgain.forEach(Node::release);
      nodesAgain.clear();
      stepsAgain.clear();
      drawsAgain = 0;
      throw failure;
    }
    replayed = true;
    released.stream().forEach(index -> nodesAgain.get(index).release());
    inputs.forEach(Tensor::close);
  }

  private synchronized void releaseStep(int index) {
    released.set(index);
    if (replayed) {
      nodesAgain.get(index).release();
    }
    releaseHolder();
  }

  private void releaseHolder() {
    holders--;
    if (holders == 0) {
      inputs.forEach(Tensor::close);
    }
  }

  private synchronized List<KeptMemory> memoryOf(int index) {
    if (replayed) {
      return nodesAgain.get(index).kept().stream().flatMap(kept -> kept.memory().stream()).toList();
    }
    return inputs.stream()
        .map(
            input -> {
              Storage storage = input.view().storage();
              String what = "checkpointed " + input.dtype() + input.shape();
              return new KeptMemory(what, storage, storage.byteSize());
            })
        .toList();
  }
}

package dev.tempera.vgg.format.pickle;

import dev.tempera.io.TensorFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The stack that a pickle works on: values, and marks below which a run of values starts. */
final class PickleStack {
  private final PickleReader reader;
  private final List<Object> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();

  PickleStack(PickleReader reader) {
    this.reader = reader;
  }

  void push(Object value) {
    values.add(value);
  }

  Object pop() throws TensorFileException {
    top();
    return values.removeLast();
  }

  /** The value on top, which stays there. */
  Object top() throws TensorFileException {
    int floor = marks.isEmpty() ? 0 : marks.getLast();
    if (values.size() <= floor) {
      throw reader.failure("a value is taken from an empty stack");
    }
    return values.getLast();
  }

  /** The value on top if it is of this type. */
  <T> T top(Class<T> type, String what) throws TensorFileException {
    Object top = top();
    if (!type.isInstance(top)) {
      throw reader.failure("expected " + what + ", found a " + top.getClass().getSimpleName());
    }
    return type.cast(top);
  }

  <T> T pop(Class<T> type, String what) throws TensorFileException {
    T value = top(type, what);
    values.removeLast();
    return value;
  }

  void mark() {
    marks.addLast(values.size());
  }

  /** The values above the last mark, in the order they were pushed; they and the mark are gone. */
  List<Object> popToMark() throws TensorFileException {
    if (marks.isEmpty()) {
      throw reader.failure("a mark is taken where there is none");
    }
    return popFrom(marks.removeLast());
  }

  /** The last few values, in the order they were pushed. */
  List<Object> pop(int count) throws TensorFileException {
    int floor = marks.isEmpty() ? 0 : marks.getLast();
    if (values.size() - count < floor) {
      throw reader.failure("a value is taken from an empty stack");
    }
    return popFrom(values.size() - count);
  }

  private List<Object> popFrom(int start) {
    List<Object> tail = values.subList(start, values.size());
    List<Object> result = List.copyOf(tail);
    tail.clear();
    return result;
  }
}

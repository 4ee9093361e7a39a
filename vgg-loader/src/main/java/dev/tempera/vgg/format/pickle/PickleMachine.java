package dev.tempera.vgg.format.pickle;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pickle, Python's program for rebuilding an object, as far as plain data goes: numbers,
 * text, lists, tuples, dicts, and calls of the functions on an allow-list. It constructs no object
 * of any class, imports nothing, does not recurse, and stops at fixed bounds.
 *
 * <p>Values become Long (or BigInteger), Double, Boolean, String, {@link PickleNone}, {@link
 * PickleBytes}, {@link PickleTuple}, List, Map, and whatever the allow-list gives. Protocols 2 to
 * 5, without the operations that only build objects.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the operations,
 *     described</a>
 */
public final class PickleMachine {
  private static final int NEWEST_PROTOCOL = 5;
  private static final int MOST_OPERATIONS = 1 << 21;
  private static final String LIST = "a list to append to";

  private final PickleReader reader;
  private final PickleGlobals globals;
  private final PickleStack stack;
  private final MemoryBudget budget;
  private final Map<Long, Object> memo = new HashMap<>();

  /**
   * What a pickle makes.
   *
   * @param value the object
   * @param end the position after the pickle
   */
  public record Result(Object value, long end) {}

  /** A function with the name it goes by in messages. */
  private record Named(String name, PickleFunction function) {}

  private PickleMachine(FileBytes bytes, long start, PickleGlobals globals, MemoryBudget budget) {
    this.reader = new PickleReader(bytes, start);
    this.globals = globals;
    this.budget = budget;
    this.stack = new PickleStack(reader);
  }

  /**
   * Runs the pickle that starts at a position.
   *
   * @param globals what it may refer to
   * @param budget all values are taken from it
   * @throws TensorFileException if it is broken, too large, or refers to something else
   */
  public static Result run(FileBytes bytes, long start, PickleGlobals globals, MemoryBudget budget)
      throws TensorFileException {
    PickleMachine machine = new PickleMachine(bytes, start, globals, budget);
    return new Result(machine.run(), machine.reader.position());
  }

  private Object run() throws TensorFileException {
    for (int operations = 0; operations < MOST_OPERATIONS; operations++) {
      int operation = reader.operation();
      if (operation == '.') {
        return stack.pop();
      }
      Object literal = literal(operation);
      if (literal != null) {
        stack.push(literal);
      } else {
        perform(operation);
      }
      budget.take(reader.bytes(), null, reader.operationStart(), memoryOf(operation));
    }
    throw reader.failure("more than " + MOST_OPERATIONS + " operations");
  }

  /** How many bytes the values that an operation makes take at most, besides those of texts. */
  private static long memoryOf(int operation) {
    return switch (operation) {
      case 0x80, 0x95, '0', '1' -> 0;
      case 'N', 0x88, 0x89, '(', '2', 'h', 'j', 'a' -> 24;
      case 'G', 'J', 'K', 'M' -> 40;
      case 0x8A, 0x8B -> 160;
      case 'c', 0x93, 'b', 'Q' -> 384;
      case 'R' -> 640;
      default -> 96;
    };
  }

  /** The value that an operation pushes without looking at the stack, or null if it does not. */
  private @Nullable Object literal(int operation) throws TensorFileException {
    return switch (operation) {
      case 'N' -> PickleNone.NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'J' -> (long) reader.int32();
      case 'K' -> (long) reader.uint8();
      case 'M' -> (long) reader.uint16();
      case 0x8A -> reader.integer(reader.uint8());
      case 0x8B -> reader.integer(reader.int32());
      case 'G' -> reader.float64();
      case 'X' -> reader.text(reader.uint32(), StandardCharsets.UTF_8);
      case 0x8C -> reader.text(reader.uint8(), StandardCharsets.UTF_8);
      case 0x8D -> reader.text(reader.int64(), StandardCharsets.UTF_8);
      case 'U' -> reader.text(reader.uint8(), StandardCharsets.ISO_8859_1);
      case 'T', 'B' -> reader.bytes(reader.uint32());
      case 'C' -> reader.bytes(reader.uint8());
      case 0x8E, 0x96 -> reader.bytes(reader.int64());
      case ')' -> new PickleTuple(List.of());
      case ']', 0x8F -> new ArrayList<>();
      case '}' -> new LinkedHashMap<>();
      default -> null;
    };
  }

  private void perform(int operation) throws TensorFileException {
    switch (operation) {
      case 0x80 -> checkProtocol(reader.uint8());
      case 0x95 -> reader.int64();
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 't' -> stack.push(new PickleTuple(stack.popToMark()));
      case 0x85, 0x86, 0x87 -> stack.push(new PickleTuple(stack.pop(operation - 0x84)));
      case 0x91 -> stack.push(stack.popToMark());
      case 'a' -> append(stack.pop());
      case 'e', 0x90 -> appendAll(stack.popToMark());
      case 's' -> setItems(stack.pop(2));
      case 'u' -> setItems(stack.popToMark());
      case 'q' -> remember(reader.uint8());
      case 'r' -> remember(reader.uint32());
      case 0x94 -> remember(memo.size());
      case 'h' -> stack.push(recall(reader.uint8()));
      case 'j' -> stack.push(recall(reader.uint32()));
      case 'c' -> stack.push(global(reader.line(), reader.line()));
      case 0x93 -> {
        String name = stack.pop(String.class, "the name of a global");
        stack.push(global(stack.pop(String.class, "the module of a global"), name));
      }
      case 'R' -> reduce();
      case 'b' -> setState();
      case 'Q' -> {
        PickleTuple identifier = stack.pop(PickleTuple.class, "the parts of a persistent id");
        stack.push(globals.persistent(call("persistent id", identifier)));
      }
      default ->
          throw reader.failure(
              String.format("operation 0x%02x is not one that weights need", operation));
    }
  }

  private void checkProtocol(int protocol) throws TensorFileException {
    if (protocol > NEWEST_PROTOCOL) {
      throw reader.failure(
          "protocol " + protocol + ", and " + NEWEST_PROTOCOL + " is the newest known");
    }
  }

  @SuppressWarnings("unchecked") // Every list on the stack was made here, for objects.
  private void append(Object item) throws TensorFileException {
    stack.top(ArrayList.class, LIST).add(item);
  }

  @SuppressWarnings("unchecked") // Every list on the stack was made here, for objects.
  private void appendAll(List<Object> items) throws TensorFileException {
    stack.top(ArrayList.class, LIST).addAll(items);
  }

  @SuppressWarnings("unchecked") // Every map on the stack was made here, for objects.
  private void setItems(List<Object> keysAndValues) throws TensorFileException {
    Map<Object, Object> map = stack.top(LinkedHashMap.class, "a dict to put items in");
    if (keysAndValues.size() % 2 != 0) {
      throw reader.failure("a dict key without a value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      map.put(checkedKey(keysAndValues.get(i)), keysAndValues.get(i + 1));
    }
  }

  private Object checkedKey(Object key) throws TensorFileException {
    return switch (key) {
      case String text -> text;
      case Number number -> number;
      case Boolean truth -> truth;
      case PickleNone none -> none;
      default ->
          throw reader.failure(
              "a dict key is a " + key.getClass().getSimpleName() + ", not text or a number");
    };
  }

  private void remember(long slot) throws TensorFileException {
    memo.put(slot, stack.top());
  }

  private Object recall(long slot) throws TensorFileException {
    Object value = memo.get(slot);
    if (value == null) {
      throw reader.failure("memo slot " + slot + " is read before anything is put there");
    }
    return value;
  }

  private Object global(String module, String name) throws TensorFileException {
    String path = module + "." + name;
    Object found = globals.find(module, name);
    if (found == null) {
      throw reader.failure(
          "refers to '"
              + TensorFileException.printable(path)
              + "', which is not plain data and is never constructed; "
              + globals.remedy());
    }
    return found instanceof PickleFunction function ? new Named(path, function) : found;
  }

  private void reduce() throws TensorFileException {
    PickleTuple arguments = stack.pop(PickleTuple.class, "the arguments of a call");
    Named callee = stack.pop(Named.class, "a function to call");
    stack.push(callee.function.apply(call(callee.name, arguments)));
  }

  /**
   * Completes one of our objects. Python also gives dicts attributes (PyTorch: the versions of its
   * modules), which are not part of the weights.
   */
  private void setState() throws TensorFileException {
    Object state = stack.pop();
    if (stack.top() instanceof PickleObject object) {
      if (!(state instanceof PickleTuple parts)) {
        throw reader.failure("the state of an object is not a tuple");
      }
      object.setState(call("state", parts));
    } else {
      stack.top(LinkedHashMap.class, "a dict to give attributes to");
    }
  }

  private PickleCall call(String function, PickleTuple arguments) {
    return new PickleCall(function, arguments.items(), reader.bytes(), reader.operationStart());
  }
}

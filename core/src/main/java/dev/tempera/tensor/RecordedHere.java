package dev.tempera.tensor;

/** Not an error: its stack trace is that of the call that recorded an operation. */
final class RecordedHere extends Throwable {
  private static final long serialVersionUID = 1;

  RecordedHere(String op) {
    super(op + " was called here");
  }
}

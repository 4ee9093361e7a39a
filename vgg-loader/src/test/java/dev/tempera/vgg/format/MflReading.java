package dev.tempera.vgg.format;

import java.io.IOException;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Sparse;
import us.hebi.matlab.mat.types.Struct;

/** Reads MAT files of version 5 with the MAT File Library. */
final class MflReading {
  private final OtherReading seen = new OtherReading();

  private MflReading() {}

  /**
   * Variables and what lies in them by their expressions; variables without a name are left out.
   */
  static OtherReading of(byte[] content) throws IOException {
    MflReading reading = new MflReading();
    for (MatFile.Entry variable : Mat5.newReader(Sources.wrap(content)).readMat().getEntries()) {
      if (!variable.getName().isEmpty()) {
        reading.add(variable.getValue(), variable.getName());
      }
    }
    return reading.seen;
  }

  @SuppressWarnings("ReferenceEquality") // Elements of no bytes are all this one object.
  private void add(Array array, String path) {
    switch (array) {
      case Sparse _ -> {}
      case Matrix matrix when matrix == Mat5.EMPTY_MATRIX -> {}
      case Matrix matrix -> addNumbers(matrix, path);
      case Cell cell -> {
        for (int i = 0; i < cell.getNumElements(); i++) {
          add(cell.get(i), path + "{" + (i + 1) + "}");
        }
      }
      case Struct struct -> {
        for (int i = 0; i < struct.getNumElements(); i++) {
          String owner = struct.getNumElements() == 1 ? path : path + "(" + (i + 1) + ")";
          for (String field : struct.getFieldNames()) {
            add(struct.get(field, i), owner + "." + field);
          }
        }
      }
      case Char text when text.getNumRows() == 1 -> seen.text(path, text.getString());
      default -> {}
    }
  }

  private void addNumbers(Matrix matrix, String path) {
    int[] lengths = matrix.getDimensions();
    if (matrix.isComplex()) {
      seen.numbers("real(" + path + ")", lengths, matrix::getDouble);
      seen.numbers("imag(" + path + ")", lengths, matrix::getImaginaryDouble);
    } else {
      seen.numbers(path, lengths, matrix::getDouble);
    }
  }
}

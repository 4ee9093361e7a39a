package dev.tempera.vgg.format.mat;

/**
 * A data element, as its tag describes it.
 *
 * @param type what the bytes are, one of the constants here
 * @param position where the bytes start
 * @param size how many bytes there are
 * @param next where the element behind it starts
 */
record MatElement(int type, long position, long size, long next) {
  static final int INT8 = 1;
  static final int UINT8 = 2;
  static final int INT16 = 3;
  static final int UINT16 = 4;
  static final int INT32 = 5;
  static final int UINT32 = 6;
  static final int SINGLE = 7;
  static final int DOUBLE = 9;
  static final int INT64 = 12;
  static final int MATRIX = 14;
  static final int COMPRESSED = 15;
  static final int UTF8 = 16;
  static final int UTF16 = 17;
}

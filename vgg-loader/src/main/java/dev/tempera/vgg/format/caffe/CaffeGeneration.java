package dev.tempera.vgg.format.caffe;

/** The generations of Caffe's layer messages, with the numbers of the fields that matter. */
enum CaffeGeneration {
  /** {@code V0LayerParameter}, within a layer of the next generation. */
  V0(1, 2, 50),
  /** {@code V1LayerParameter}, where the kind of layer is a number. */
  V1(4, 5, 6),
  /** {@code LayerParameter}. */
  V2(1, 2, 7);

  private final int nameField;
  private final int typeField;
  private final int blobsField;

  CaffeGeneration(int nameField, int typeField, int blobsField) {
    this.nameField = nameField;
    this.typeField = typeField;
    this.blobsField = blobsField;
  }

  /** The field with the layer's name. */
  int nameField() {
    return nameField;
  }

  /** The field with the kind of layer. */
  int typeField() {
    return typeField;
  }

  /** The repeated field with the weights. */
  int blobsField() {
    return blobsField;
  }
}

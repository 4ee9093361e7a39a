package dev.tempera.reference;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvOps;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Convolution as its formula says; the gradients are the defaults. */
interface ReferenceConv extends ConvOps, ReferenceMatmul, ReferenceElementwise, ReferenceResample {
  @Override
  default Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    Shape shape = params.outputShape(x.shape(), weight.shape());
    View sums = allocate(x.dtype(), shape, MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements kernel = new Elements(weight);
    Elements out = new Elements(sums);
    View bias = epilogue.bias();
    int channels = weight.shape().dim(1);
    int perGroup = weight.shape().dim(0) / params.groups();
    int height = x.shape().dim(2);
    int width = x.shape().dim(3);
    PaddingMode mode = params.padding().mode();
    Coordinates.forEach(
        shape,
        at -> {
          int firstChannel = at[1] / perGroup * channels;
          double sum = bias == null ? 0 : new Elements(bias).get(at[1]);
          for (int u = 0; u < weight.shape().dim(2); u++) {
            int y = at[2] * params.strideY() + u * params.dilationY() - params.padding().top();
            int row = mode.source(y, height);
            for (int v = 0; v < weight.shape().dim(3); v++) {
              int z = at[3] * params.strideX() + v * params.dilationX() - params.padding().left();
              int column = mode.source(z, width);
              for (int c = 0; row >= 0 && column >= 0 && c < channels; c++) {
                sum += in.get(at[0], firstChannel + c, row, column) * kernel.get(at[1], c, u, v);
              }
            }
          }
          out.set(sum, at);
        });
    if (!epilogue.relu()) {
      return new Activated(sums, null);
    }
    Activated activated = relu(sums, epilogue.keepMask());
    sums.storage().release();
    return activated;
  }
}

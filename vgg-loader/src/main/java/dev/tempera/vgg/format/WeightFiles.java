package dev.tempera.vgg.format;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.Safetensors;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.io.npy.Npy;
import dev.tempera.io.npy.Npz;
import dev.tempera.vgg.format.caffe.Caffemodel;
import dev.tempera.vgg.format.hdf5.Hdf5;
import dev.tempera.vgg.format.hdf5.KerasArchive;
import dev.tempera.vgg.format.mat.MatFile;
import dev.tempera.vgg.format.mxnet.MxnetParams;
import dev.tempera.vgg.format.numpy.NumpyObjects;
import dev.tempera.vgg.format.onnx.Onnx;
import dev.tempera.vgg.format.tfjs.TensorFlowJs;
import dev.tempera.vgg.format.torch.TorchLegacy;
import dev.tempera.vgg.format.torch.TorchZip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Opens files of weights in any format that is known, told by their content and not by their name.
 * Files are mapped, not read; they run no code, and every size in them is checked before it is
 * believed.
 */
public final class WeightFiles {
  private static final List<WeightFormat> FORMATS =
      List.of(
          new WeightFormat("safetensors", Safetensors::recognises, Safetensors::read),
          new WeightFormat(
              "PyTorch .pth/.pt (legacy stream)", TorchLegacy::recognises, TorchLegacy::read),
          new WeightFormat("Keras .h5 or MATLAB .mat (HDF5)", Hdf5::recognises, Hdf5::read),
          new WeightFormat("Keras .keras", KerasArchive::recognises, KerasArchive::read),
          new WeightFormat("MATLAB .mat (v5)", MatFile::recognises, MatFile::read),
          new WeightFormat(
              "NumPy .npy (dict of arrays)", NumpyObjects::recognises, NumpyObjects::read),
          new WeightFormat("NumPy .npy", Npy::recognises, Npy::read),
          new WeightFormat("NumPy .npz", Npz::recognises, Npz::read),
          new WeightFormat("PyTorch .pth/.pt (zip)", TorchZip::recognises, TorchZip::read),
          new WeightFormat(
              "TensorFlow.js model.json", TensorFlowJs::recognises, TensorFlowJs::read),
          new WeightFormat("MXNet .params", MxnetParams::recognises, MxnetParams::read),
          new WeightFormat("ONNX", Onnx::recognises, Onnx::read),
          new WeightFormat("Caffe .caffemodel", Caffemodel::recognises, Caffemodel::read));

  private static final int SHOWN_BYTES = 8;

  private WeightFiles() {}

  /**
   * Opens a file of weights.
   *
   * @throws TensorFileException if it cannot be read, is of no known format, or is damaged
   */
  public static TensorFile open(Path path) throws TensorFileException {
    return TensorFile.open(path, WeightFiles::read);
  }

  /**
   * Reads a mapped file of weights, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is of no known format, or is damaged
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    for (WeightFormat format : FORMATS) {
      if (format.recogniser().recognises(file)) {
        return format.reader().read(file);
      }
    }
    String known =
        FORMATS.stream().map(WeightFormat::description).collect(Collectors.joining(", "));
    throw file.as("weights").failure(0, start(file) + "; known formats: " + known);
  }

  private static String start(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as("weights");
    if (bytes.size() == 0) {
      return "the file is empty";
    }
    if (bytes.startsWith(0, "version https://git-lfs".getBytes(StandardCharsets.US_ASCII))) {
      return "this is a Git LFS pointer, not the weights; fetch them with git lfs pull";
    }
    if (bytes.startsWith(0, (byte) '<')) {
      return "this is a web page or XML, not weights";
    }
    StringBuilder start = new StringBuilder("starts with bytes");
    for (long i = 0; i < Math.min(SHOWN_BYTES, bytes.size()); i++) {
      start.append(String.format(" %02x", bytes.uint8(i)));
    }
    return start.append(", as no known format does").toString();
  }
}

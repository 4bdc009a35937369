package dev.assay.plugins.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes ONNX files: protocol buffers, by the field numbers of {@code onnx.proto}. */
final class Onnx {
  private static final int FLOAT = 1;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A field that is a number. */
  Onnx number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  /** A field that is bytes: a text or a message. */
  Onnx bytes(int field, byte[] value) {
    varint((long) field << 3 | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  Onnx text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Onnx message(int field, Onnx value) {
    return bytes(field, value.out.toByteArray());
  }

  private void varint(long value) {
    long left = value;
    while (left > 127) {
      out.write((int) ((left & 127) | 128));
      left >>>= 7;
    }
    out.write((int) left);
  }

  static Onnx node(String operation, String output, String... inputs) {
    Onnx node = new Onnx();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operation);
  }

  static Onnx constant(String name, int rows, int columns, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return new Onnx()
        .number(1, rows)
        .number(1, columns)
        .number(2, FLOAT)
        .text(8, name)
        .bytes(9, raw.array());
  }

  /** A float tensor; −1 stands for any size. */
  private static Onnx value(String name, int... shape) {
    Onnx dimensions = new Onnx();
    for (int size : shape) {
      dimensions.message(1, size < 0 ? new Onnx().text(2, "n") : new Onnx().number(1, size));
    }
    Onnx tensor = new Onnx().number(1, FLOAT).message(2, dimensions);
    return new Onnx().text(1, name).message(2, new Onnx().message(1, tensor));
  }

  /**
   * "flat" are the numbers of an image "x", "features" their products with a matrix, "mean" those
   * of each channel averaged; "turned" has the columns of "features" as rows.
   *
   * @param matrix [channels · height · width, 2]
   */
  static byte[] network(int channels, int height, int width, float... matrix) {
    int size = channels * height * width;
    Onnx graph =
        new Onnx()
            .message(1, node("Flatten", "flat", "x"))
            .message(1, node("MatMul", "features", "flat", "w"))
            .message(1, node("GlobalAveragePool", "mean", "x"))
            .message(1, node("Transpose", "turned", "features"))
            .text(2, "test")
            .message(5, constant("w", size, 2, matrix))
            .message(11, value("x", -1, channels, height, width))
            .message(12, value("features", -1, 2))
            .message(12, value("mean", -1, channels, 1, 1))
            .message(12, value("turned", 2, -1));
    Onnx model =
        new Onnx().number(1, 8).message(7, graph).message(8, new Onnx().text(1, "").number(2, 13));
    return model.out.toByteArray();
  }
}

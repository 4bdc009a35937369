package dev.assay.data.read;

import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * The IDX format of MNIST: two zero bytes, a type, a rank, an extent for each axis (32 bits, big
 * end first), then the numbers, the last axis fastest.
 *
 * @param shape extents, the number of examples first
 * @param bytes whether the numbers are unsigned bytes, the levels 0 … 255
 * @param data shape.size() numbers
 */
public record Idx(Shape shape, boolean bytes, float[] data) {
  private static final int MAX_RANK = 4;
  private static final int MAX_NUMBERS = 1 << 29;
  private static final int MAX_CLASSES = 10_000;
  private static final int UNSIGNED_BYTE = 0x08;

  /**
   * Reads a file whole, unpacking it if its name ends in {@code .gz}.
   *
   * @throws MalformedFileException if it is not IDX, cut short, too long, or too large
   */
  public static Idx read(ByteSource source) throws IOException {
    try (InputStream in = source.open()) {
      byte[] magic = header(source, in, 4, 0);
      if (magic[0] != 0 || magic[1] != 0 || magic[3] < 1 || magic[3] > MAX_RANK) {
        throw new MalformedFileException(
            source.name(),
            "byte 0",
            "not an IDX file: it begins with %02X %02X %02X %02X, but two zeros, a type and a rank of 1 to %d are expected"
                .formatted(magic[0], magic[1], magic[2], magic[3], MAX_RANK));
      }
      int width = width(source, magic[2]);
      Shape shape = shape(source, header(source, in, 4 * magic[3], 4), width);
      float[] data = numbers(source, in, shape, magic[2], width);
      if (in.read() >= 0) {
        throw new MalformedFileException(
            source.name(), "", "has more bytes than its header's shape " + shape + " calls for");
      }
      return new Idx(shape, magic[2] == UNSIGNED_BYTE, data);
    } catch (ZipException | EOFException e) {
      throw new MalformedFileException(
          source.name(), "", "cut short or damaged: " + e.getMessage());
    }
  }

  /**
   * As examples: a rank of 2 gives rows, 3 grey images [height, width, 1], 4 images [height, width,
   * channels].
   *
   * @throws MalformedFileException if the rank is 1
   */
  public Values.Dense examples(String file) throws MalformedFileException {
    int[] dims = shape.dims();
    if (dims.length == 1) {
      throw new MalformedFileException(
          file, "", "one number for each example, as in a file of labels; images have rank 3 or 4");
    }
    Shape item = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    return new Values.Dense(dims.length == 3 ? item.insert(2, 1) : item, data);
  }

  /**
   * As classes 0, 1, ….
   *
   * @throws MalformedFileException if the rank is not 1 or a number is no class
   */
  public Values.Labels labels(String file) throws MalformedFileException {
    if (shape.rank() != 1) {
      throw new MalformedFileException(
          file, "", "labels need one number for each example, but the shape is " + shape);
    }
    int[] labels = new int[data.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) data[i];
      if (labels[i] != data[i] || labels[i] < 0 || labels[i] >= MAX_CLASSES) {
        throw new MalformedFileException(
            file, "example " + i, data[i] + " is no class from 0 to " + (MAX_CLASSES - 1));
      }
    }
    return new Values.Labels(labels);
  }

  private static byte[] header(ByteSource source, InputStream in, int count, int offset)
      throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new MalformedFileException(
          source.name(), "byte " + (offset + bytes.length), "ends inside the IDX header");
    }
    return bytes;
  }

  private static int width(ByteSource source, byte type) throws MalformedFileException {
    return switch (type) {
      case UNSIGNED_BYTE, 0x09 -> 1;
      case 0x0B -> 2;
      case 0x0C, 0x0D -> 4;
      case 0x0E -> 8;
      default ->
          throw new MalformedFileException(
              source.name(), "byte 2", String.format(Locale.ROOT, "unknown IDX type %02X", type));
    };
  }

  private static Shape shape(ByteSource source, byte[] extents, int width)
      throws MalformedFileException {
    int[] dims = new int[extents.length / 4];
    ByteBuffer.wrap(extents).asIntBuffer().get(dims);
    long size = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 1) {
        throw new MalformedFileException(
            source.name(),
            "byte " + (4 + 4 * i),
            "extent " + dims[i] + ", but at least 1 is expected");
      }
      size = Math.min(size * dims[i], Long.MAX_VALUE >>> 32);
    }
    if (size > MAX_NUMBERS || size * width > source.limit()) {
      throw new MalformedFileException(
          source.name(),
          "byte 4",
          "the header's shape %s calls for more numbers than the file can hold or than %d"
              .formatted(Arrays.toString(dims), MAX_NUMBERS));
    }
    return Shape.of(dims);
  }

  private static float[] numbers(
      ByteSource source, InputStream in, Shape shape, byte type, int width) throws IOException {
    float[] data = new float[shape.size()];
    byte[] chunk = new byte[1 << 16];
    ByteBuffer view = ByteBuffer.wrap(chunk);
    int done = 0;
    while (done < data.length) {
      int wanted = (int) Math.min(chunk.length, (long) (data.length - done) * width);
      int got = in.readNBytes(chunk, 0, wanted);
      if (got < wanted) {
        throw new MalformedFileException(
            source.name(),
            "byte " + (4 + 4 * shape.rank() + (long) done * width + got),
            "ends before the last of the numbers that the shape " + shape + " calls for");
      }
      for (int at = 0; at < got; at += width) {
        data[done++] =
            switch (type) {
              case UNSIGNED_BYTE -> chunk[at] & 0xFF;
              case 0x09 -> chunk[at];
              case 0x0B -> view.getShort(at);
              case 0x0C -> view.getInt(at);
              case 0x0D -> view.getFloat(at);
              default -> (float) view.getDouble(at);
            };
      }
    }
    return data;
  }
}

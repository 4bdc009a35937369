package dev.assay.data.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Byte sources from memory. */
final class Bytes {
  private Bytes() {}

  static ByteSource named(String name, byte[] bytes) {
    return new ByteSource(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  static ByteSource text(String name, String text) {
    return named(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** An IDX file of unsigned bytes. */
  static byte[] idx(int[] dims, int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
    out.put(new byte[] {0, 0, 8, (byte) dims.length});
    for (int dim : dims) {
      out.putInt(dim);
    }
    for (int value : values) {
      out.put((byte) value);
    }
    return out.array();
  }
}

package dev.assay.runner.execute;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A raster of 8-bit pixels that writes itself as PNG (ISO/IEC 15948). Starts black.
 *
 * @param channels 1 for grey, 3 for red, green, blue
 * @param pixels row after row
 */
record Png(int width, int height, int channels, byte[] pixels) {
  private static final byte[] SIGNATURE = {(byte) 137, 80, 78, 71, 13, 10, 26, 10};
  private static final int GREY = 0;
  private static final int TRUE_COLOUR = 2;

  Png {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3: " + channels);
    }
    if (pixels.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
      throw new IllegalArgumentException(
          pixels.length + " bytes for " + width + " × " + height + " × " + channels);
    }
  }

  static Png blank(int width, int height, int channels) {
    return new Png(width, height, channels, new byte[width * height * channels]);
  }

  /** Sets one channel of a pixel; the value is clipped to 0 … 255. */
  void set(int x, int y, int channel, int value) {
    pixels[(y * width + x) * channels + channel] = (byte) Math.clamp(value, 0, 255);
  }

  int get(int x, int y, int channel) {
    return pixels[(y * width + x) * channels + channel] & 0xFF;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) (channels == 1 ? GREY : TRUE_COLOUR)).put(new byte[3]);
    chunk(out, "IHDR", header.array());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      int row = width * channels;
      for (int y = 0; y < height; y++) {
        deflater.write(0); // no filter
        deflater.write(pixels, y * row, row);
      }
    }
    chunk(out, "IDAT", data.toByteArray());
    chunk(out, "IEND", new byte[0]);
  }

  private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}

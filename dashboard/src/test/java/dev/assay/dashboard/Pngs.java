package dev.assay.dashboard;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures, sound and unsound. */
final class Pngs {
  /** The bytes before the pixels: the signature and the header. */
  private static final int HEAD = 33;

  private Pngs() {}

  static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  /** A header that promises 100,000 × 100,000 pixels. */
  static byte[] huge() throws IOException {
    byte[] png = png(2, 2);
    byte[] header = ByteBuffer.allocate(13).putInt(100_000).putInt(100_000).put(png, 24, 5).array();
    return concat(
        Arrays.copyOf(png, 8), chunk("IHDR", header), Arrays.copyOfRange(png, 33, png.length));
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A picture that carries a comment, and more after its end. */
  static byte[] laden(byte[] png, String comment) {
    byte[] text = ("Comment\0" + comment).getBytes(StandardCharsets.ISO_8859_1);
    return concat(
        Arrays.copyOf(png, HEAD),
        chunk("tEXt", text),
        Arrays.copyOfRange(png, HEAD, png.length),
        text);
  }
}

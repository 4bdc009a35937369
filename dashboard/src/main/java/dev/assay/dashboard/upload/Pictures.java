package dev.assay.dashboard.upload;

import static dev.assay.dashboard.upload.Rejections.rejected;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Pictures are drawn anew, so that nothing remains of what else their files held. */
final class Pictures {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] HEADER = {0, 0, 0, 13, 'I', 'H', 'D', 'R'};
  private static final int LONGEST_SIDE = 8_192;
  private static final long MOST_PIXELS = 16L << 20;
  private static final long MOST_BYTES = 32L << 20;

  static {
    ImageIO.setUseCache(false);
  }

  private Pictures() {}

  /** Replaces a PNG by its pixels alone; the size is checked before a pixel is read. */
  static void redraw(Path file, String name) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw rejected(
          name + " has " + Files.size(file) + " bytes; a picture may have " + MOST_BYTES);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < 33
        || !Arrays.equals(bytes, 0, 8, SIGNATURE, 0, 8)
        || !Arrays.equals(bytes, 8, 16, HEADER, 0, 8)) {
      throw rejected(name + " is no PNG");
    }
    long width = ByteBuffer.wrap(bytes, 16, 4).getInt();
    long height = ByteBuffer.wrap(bytes, 20, 4).getInt();
    if (width < 1
        || height < 1
        || width > LONGEST_SIDE
        || height > LONGEST_SIDE
        || width * height > MOST_PIXELS) {
      throw rejected(
          name
              + " is "
              + width
              + " × "
              + height
              + " pixels; at most "
              + LONGEST_SIDE
              + " a side and "
              + MOST_PIXELS
              + " in all are allowed");
    }
    BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException | RuntimeException e) { // the decoder throws what it likes
      throw rejected(name + " is a damaged PNG");
    }
    if (image == null || image.getWidth() != width || image.getHeight() != height) {
      throw rejected(name + " is a damaged PNG");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    BufferedImage fresh =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            image.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB
                : image.getColorModel().getNumComponents() == 1
                    ? BufferedImage.TYPE_BYTE_GRAY
                    : BufferedImage.TYPE_INT_RGB);
    if (image.getRaster().getNumBands() == 1
        && fresh.getType() == BufferedImage.TYPE_BYTE_GRAY
        && image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      image.copyData(fresh.getRaster());
    } else {
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          fresh.setRGB(x, y, image.getRGB(x, y));
        }
      }
    }
    ImageIO.write(fresh, "png", out);
    Files.write(file, out.toByteArray());
  }
}

package dev.assay.data.read;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * An image file with 8 bits a channel. What is transparent is laid on white.
 *
 * @param rgb height · width · 3 bytes
 */
record RgbImage(int height, int width, byte[] rgb) {
  private static final int MAX_PIXELS = 1 << 26;

  static RgbImage read(Path file) throws IOException {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new MalformedFileException(file.toString(), "", "neither PNG nor JPEG inside");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        if ((long) height * width > MAX_PIXELS) {
          throw new MalformedFileException(
              file.toString(), "", height + " × " + width + " pixels, more than " + MAX_PIXELS);
        }
        return of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (MalformedFileException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // ImageIO's readers let the latter two through on damaged files.
      throw new MalformedFileException(file.toString(), "", "damaged image: " + e.getMessage());
    }
  }

  boolean isGrey() {
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }

  private static RgbImage of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean grey = !(model instanceof IndexColorModel) && model.getNumColorComponents() == 1;
    byte[] rgb = new byte[image.getHeight() * image.getWidth() * 3];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = grey ? grey(image.getRaster(), model, x, y) : image.getRGB(x, y);
        int alpha = argb >>> 24;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int level = (argb >>> shift) & 0xFF;
          rgb[at++] = (byte) ((level * alpha + 255 * (255 - alpha) + 127) / 255);
        }
      }
    }
    return new RgbImage(image.getHeight(), image.getWidth(), rgb);
  }

  /** The stored grey level; {@code getRGB} would take it for linear light and brighten it. */
  private static int grey(Raster raster, ColorModel model, int x, int y) {
    int level = eightBits(raster.getSample(x, y, 0), model.getComponentSize(0));
    int alpha =
        model.hasAlpha() ? eightBits(raster.getSample(x, y, 1), model.getComponentSize(1)) : 255;
    return alpha << 24 | level << 16 | level << 8 | level;
  }

  private static int eightBits(int sample, int bits) {
    return bits > 8 ? sample >>> (bits - 8) : sample;
  }
}

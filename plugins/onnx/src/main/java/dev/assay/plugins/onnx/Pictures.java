package dev.assay.plugins.onnx;

import dev.assay.spi.Modality;
import dev.assay.spi.Values;

/** Images in the form that a network wants. */
final class Pictures {
  private final Modality.Image from;
  private final OnnxSettings to;

  Pictures(Modality.Image from, OnnxSettings to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Writes one image: resized bilinearly with half-pixel centres, in intensities of 0 to 1,
   * normalised.
   *
   * @param out receives [channels, height, width] or [height, width, channels] from {@code at} on
   */
  void write(Values.Dense images, int image, float[] out, int at) {
    for (int y = 0; y < to.height(); y++) {
      for (int x = 0; x < to.width(); x++) {
        for (int c = 0; c < to.channels(); c++) {
          float intensity = intensity(images.data(), image, y, x, c);
          int place =
              to.channelsFirst()
                  ? (c * to.height() + y) * to.width() + x
                  : (y * to.width() + x) * to.channels() + c;
          out[at + place] = (intensity - to.mean()[c]) / to.deviation()[c];
        }
      }
    }
  }

  private float intensity(float[] data, int image, int y, int x, int channel) {
    float row = center(y, to.height(), from.height());
    float column = center(x, to.width(), from.width());
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, from.height() - 1);
    int right = Math.min(left + 1, from.width() - 1);
    float down = row - top;
    float along = column - left;
    float above =
        (1 - along) * pixel(data, image, top, left, channel)
            + along * pixel(data, image, top, right, channel);
    float below =
        (1 - along) * pixel(data, image, bottom, left, channel)
            + along * pixel(data, image, bottom, right, channel);
    return ((1 - down) * above + down * below) / (from.levels() - 1);
  }

  /** Where the middle of a pixel lies among those of the other size, kept within them. */
  private static float center(int place, int wanted, int present) {
    float center = (place + 0.5f) * present / wanted - 0.5f;
    return Math.clamp(center, 0, present - 1);
  }

  private float pixel(float[] data, int image, int y, int x, int channel) {
    int at = ((image * from.height() + y) * from.width() + x) * from.channels();
    if (from.channels() == to.channels()) {
      return data[at + channel];
    }
    float sum = 0;
    for (int c = 0; c < from.channels(); c++) {
      sum += data[at + c];
    }
    return sum / from.channels();
  }
}

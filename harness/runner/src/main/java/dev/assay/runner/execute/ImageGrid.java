package dev.assay.runner.execute;

import dev.assay.spi.Modality;
import dev.assay.spi.Values;

/** Images side by side, small ones enlarged. */
final class ImageGrid {
  /** Images that a grid shows. */
  static final int MOST = 100;

  private static final int GAP = 2;
  private static final int FRAME = 96;

  /** Images smaller than this are enlarged by a whole factor. */
  private static final int SMALLEST = 28;

  private ImageGrid() {}

  /** The first hundred images in a nearly square grid. */
  static Png of(Values.Dense images, Modality.Image form) {
    int count = Math.min(MOST, images.count());
    return of((Values.Dense) images.range(0, count), form, (int) Math.ceil(Math.sqrt(count)));
  }

  /** All images, so many in a row. */
  static Png of(Values.Dense images, Modality.Image form, int columns) {
    int count = images.count();
    int rows = (count + columns - 1) / columns;
    int zoom = Math.max(1, SMALLEST / Math.max(1, Math.min(form.height(), form.width())));
    int channels = form.channels() == 3 ? 3 : 1;
    int across = form.width() * zoom + GAP;
    int down = form.height() * zoom + GAP;
    Png png = Png.blank(columns * across + GAP, rows * down + GAP, channels);
    java.util.Arrays.fill(png.pixels(), (byte) FRAME);
    for (int i = 0; i < count; i++) {
      int left = GAP + i % columns * across;
      int top = GAP + i / columns * down;
      for (int y = 0; y < form.height() * zoom; y++) {
        for (int x = 0; x < form.width() * zoom; x++) {
          for (int c = 0; c < channels; c++) {
            int pixel = (y / zoom * form.width() + x / zoom) * form.channels() + c;
            float level = images.data()[i * images.width() + pixel];
            png.set(left + x, top + y, c, Math.round(level * 255 / (form.levels() - 1)));
          }
        }
      }
    }
    return png;
  }
}

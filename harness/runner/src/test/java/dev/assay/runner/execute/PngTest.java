package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Dataset;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PngTest {
  @Test
  void theJdkReadsTheColoursThatWereSet() throws Exception {
    Png png = Png.blank(3, 2, 3);
    int[][] colours = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {1, 2, 3}, {250, 128, 7}, {9, 9, 9}};
    for (int i = 0; i < 6; i++) {
      for (int c = 0; c < 3; c++) {
        png.set(i % 3, i / 3, c, colours[i][c]);
      }
    }
    BufferedImage image = decode(png);
    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    for (int i = 0; i < 6; i++) {
      int rgb = image.getRGB(i % 3, i / 3);
      assertThat(new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255}).isEqualTo(colours[i]);
    }
  }

  @Test
  void theJdkReadsTheGreysThatWereSet() throws Exception {
    Png png = Png.blank(2, 1, 1);
    png.set(0, 0, 0, 77);
    png.set(1, 0, 0, 999);
    BufferedImage image = decode(png);
    assertThat(image.getRaster().getSample(0, 0, 0)).isEqualTo(77);
    assertThat(image.getRaster().getSample(1, 0, 0)).isEqualTo(255);
  }

  @Test
  void aGridShowsEachImageInItsPlaceEnlarged() throws Exception {
    // Five images of 2 × 2: image i has level i in its upper left pixel. Zoom 14, gap 2, 3 columns.
    float[] data = new float[5 * 4];
    for (int i = 0; i < 5; i++) {
      data[4 * i] = i;
    }
    Png grid =
        ImageGrid.of(new Values.Dense(Shape.of(2, 2, 1), data), new Modality.Image(2, 2, 1, 5));
    BufferedImage image = decode(grid);
    assertThat(image.getWidth()).isEqualTo(3 * 30 + 2);
    assertThat(image.getHeight()).isEqualTo(2 * 30 + 2);
    assertThat(image.getRaster().getSample(2 + 30, 2 + 30, 0)).isEqualTo(255);
    assertThat(image.getRaster().getSample(2 + 30 + 13, 2 + 30 + 13, 0)).isEqualTo(255);
    assertThat(image.getRaster().getSample(2 + 30 + 14, 2 + 30, 0)).isZero();
    assertThat(image.getRaster().getSample(2 + 60, 2, 0)).isEqualTo(Math.round(2 * 255 / 4f));
  }

  @Test
  void aScatterPlotShowsPointsWithTheSecondAxisUpwardsOverTheDensity() throws Exception {
    // Extent 0 … 1 with a margin of .15 on each side: 1.3 units in 480 pixels.
    Values.Dense corners = new Values.Dense(Shape.of(2), new float[] {0, 0, 1, 1});
    Values.Dense point = new Values.Dense(Shape.of(2), new float[] {0, 1, 50, 50});
    Dataset.KnownDensity right =
        new Dataset.KnownDensity() {
          @Override
          public double logDensity(float[] x) {
            return x[0] > 0.5f ? 0 : Double.NEGATIVE_INFINITY;
          }

          @Override
          public double entropy() {
            return 0;
          }
        };
    Png plot = ScatterPlot.of(point, corners, Optional.of(right));
    int at = (int) Math.floor(0.15 / 1.3 * 480);
    assertThat(plot.get(at, at, 0)).isLessThan(200);
    assertThat(plot.get(at, 480 - at, 0)).isEqualTo(255);
    assertThat(plot.get(400, 300, 2)).isLessThan(100);
    assertThat(plot.get(100, 300, 2)).isEqualTo(255);
    assertThat(decode(plot).getWidth()).isEqualTo(480);
  }

  private static BufferedImage decode(Png png) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    png.writeTo(out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }
}

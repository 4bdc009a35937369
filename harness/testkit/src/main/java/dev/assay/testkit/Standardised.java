package dev.assay.testkit;

import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;

/** The continuous encoding, with one fixed draw of the dequantisation noise. */
final class Standardised {
  private Standardised() {}

  /** Each column of {@code raw}, after uniform noise on images, at zero mean and unit deviation. */
  static Values.Dense of(Modality modality, Values.Dense raw) {
    float[] data = raw.data().clone();
    if (modality instanceof Modality.Image) {
      RandomStream noise = RandomStream.root(5).child("noise");
      for (int i = 0; i < data.length; i++) {
        data[i] += noise.nextFloat();
      }
    }
    int width = raw.width();
    for (int column = 0; column < width; column++) {
      double sum = 0;
      double squares = 0;
      for (int i = column; i < data.length; i += width) {
        sum += data[i];
        squares += (double) data[i] * data[i];
      }
      double mean = sum / raw.count();
      double deviation = Math.sqrt(squares / raw.count() - mean * mean);
      for (int i = column; i < data.length; i += width) {
        data[i] = (float) ((data[i] - mean) / deviation);
      }
    }
    return new Values.Dense(raw.item(), data);
  }
}

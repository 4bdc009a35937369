package dev.assay.testkit;

import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;

/** The continuous encoding, with one fixed draw of the dequantisation noise. */
final class Standardised {
  private Standardised() {}

  /**
   * At zero mean and unit deviation: each column of a table; all pixels of images together, after
   * uniform noise.
   */
  static Values.Dense of(Modality modality, Values.Dense raw) {
    if (modality instanceof Modality.Image) {
      float[] data = dequantized(modality, raw).data();
      standardise(data, 0, 1);
      return new Values.Dense(raw.item(), data);
    }
    float[] data = raw.data().clone();
    for (int column = 0; column < raw.width(); column++) {
      standardise(data, column, raw.width());
    }
    return new Values.Dense(raw.item(), data);
  }

  /** Images plus uniform noise; tables standardised. */
  static Values.Dense dequantized(Modality modality, Values.Dense raw) {
    if (!(modality instanceof Modality.Image)) {
      return of(modality, raw);
    }
    float[] data = raw.data().clone();
    RandomStream noise = RandomStream.root(5).child("noise");
    for (int i = 0; i < data.length; i++) {
      data[i] += noise.nextFloat();
    }
    return new Values.Dense(raw.item(), data);
  }

  /** Every {@code step}-th number from {@code first}. */
  private static void standardise(float[] data, int first, int step) {
    int count = data.length / step;
    double mean = 0;
    for (int i = first; i < data.length; i += step) {
      mean += (double) data[i] / count;
    }
    double variance = 0;
    for (int i = first; i < data.length; i += step) {
      variance += (data[i] - mean) * (data[i] - mean) / count;
    }
    for (int i = first; i < data.length; i += step) {
      data[i] = (float) ((data[i] - mean) / Math.sqrt(variance));
    }
  }
}

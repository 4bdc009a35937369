package dev.assay.plugins.statistical.independent;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.spi.Modality;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/** A categorical distribution over the levels of each pixel; uniform until fitted. */
final class LevelMarginals implements Marginals {
  private final Modality.Image image;
  private final double smoothing;
  private final int levels;
  private final double[] probabilities;
  private final double[] nats;

  LevelMarginals(Modality.Image image, double smoothing) {
    this.image = image;
    this.smoothing = smoothing;
    levels = image.levels();
    probabilities = new double[image.size() * levels];
    nats = new double[probabilities.length];
    Arrays.fill(probabilities, 1.0 / levels);
    takeLogarithms();
  }

  @Override
  public void fit(Values x) {
    Values.Dense dense = (Values.Dense) x;
    Arrays.fill(probabilities, smoothing);
    float[] data = dense.data();
    for (int i = 0; i < data.length; i++) {
      probabilities[cell(i, data[i])]++;
    }
    double total = dense.count() + smoothing * levels;
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= total;
    }
    takeLogarithms();
  }

  @Override
  public double[] nats(Values x) {
    Values.Dense dense = (Values.Dense) x;
    double[] sums = new double[dense.count()];
    float[] data = dense.data();
    for (int i = 0; i < data.length; i++) {
      sums[i / image.size()] += nats[cell(i, data[i])];
    }
    return sums;
  }

  @Override
  public Values sample(SampleRequest request, IndependentSampler sampler) {
    int size = image.size();
    float[] data = new float[request.count() * size];
    for (int i = 0; i < request.count(); i++) {
      RandomStream random = request.stream(i);
      for (int pixel = 0; pixel < size; pixel++) {
        data[i * size + pixel] =
            Categorical.draw(probabilities, pixel * levels, levels, random.nextDouble());
      }
    }
    return new Values.Dense(Shape.of(image.height(), image.width(), image.channels()), data);
  }

  @Override
  public ScoreMethod.Measure measure() {
    return ScoreMethod.Measure.MASS;
  }

  @Override
  public long parameters() {
    return (long) image.size() * (levels - 1);
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("probabilities", Shape.of(image.size(), levels), probabilities);
  }

  @Override
  public void restore(StateStore store) {
    double[] saved = store.doubles("probabilities", Shape.of(image.size(), levels));
    System.arraycopy(saved, 0, probabilities, 0, saved.length);
    takeLogarithms();
  }

  private void takeLogarithms() {
    Arrays.setAll(nats, i -> -Math.log(probabilities[i]));
  }

  /** Place of a level of the pixel that element {@code i} of a batch belongs to. */
  private int cell(int i, float level) {
    int index = (int) level;
    if (index < 0 || index >= levels || index != level) {
      throw new IllegalArgumentException(
          "pixel value " + level + " is none of the levels 0 to " + (levels - 1));
    }
    return i % image.size() * levels + index;
  }
}

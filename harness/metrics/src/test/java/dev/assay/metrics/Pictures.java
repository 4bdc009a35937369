package dev.assay.metrics;

import dev.assay.spi.Features;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Optional;

/**
 * Images of 4×4 pixels with a bright half: the left, the upper or the lower right triangle. The
 * network that sees them knows quarters, and classes by the nearest of the three.
 */
final class Pictures implements Sensitivity.World {
  private static final int COUNT = 1000;
  private static final int SIDE = 4;
  private static final int SIZE = SIDE * SIDE;
  private static final int LEVELS = 16;
  private static final double BRIGHT = 10;
  private static final double DARK = 3;

  @Override
  public Modality modality() {
    return new Modality.Image(SIDE, SIDE, 1, LEVELS);
  }

  private static double mean(int mode, int pixel) {
    int y = pixel / SIDE;
    int x = pixel % SIDE;
    boolean bright =
        switch (mode) {
          case 0 -> 2 * x < SIDE;
          case 1 -> 2 * y < SIDE;
          default -> x + y >= SIDE;
        };
    return bright ? BRIGHT : DARK;
  }

  @Override
  public Values draw(double[] shares, RandomStream random) {
    float[] data = new float[COUNT * SIZE];
    for (int i = 0; i < COUNT; i++) {
      int mode = Sensitivity.choose(shares, random);
      double brightness = random.nextGaussian();
      for (int p = 0; p < SIZE; p++) {
        data[i * SIZE + p] = level(mean(mode, p) + brightness + random.nextGaussian());
      }
    }
    return new Values.Dense(Shape.of(SIDE, SIDE, 1), data);
  }

  @Override
  public Values noisy(Values values, RandomStream random) {
    float[] data = ((Values.Dense) values).data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] = level(data[i] + 3 * random.nextGaussian());
    }
    return new Values.Dense(Shape.of(SIDE, SIDE, 1), data);
  }

  private static float level(double intensity) {
    return Math.clamp(Math.round(intensity), 0, LEVELS - 1);
  }

  @Override
  public Evaluations run(Values train, Values test) {
    return Evaluations.of(modality(), train, test).seenBy(Pictures::features);
  }

  @Override
  public String title() {
    return "image";
  }

  private static Features features(Values.Dense images) {
    int quarters = 4;
    int modes = 3;
    float[] pooled = new float[images.count() * quarters];
    float[] logits = new float[images.count() * modes];
    for (int i = 0; i < images.count(); i++) {
      for (int p = 0; p < SIZE; p++) {
        float intensity = images.data()[i * SIZE + p];
        int quarter = 2 * (p / SIDE / 2) + p % SIDE / 2;
        pooled[i * quarters + quarter] += intensity / LEVELS;
        for (int mode = 0; mode < modes; mode++) {
          double difference = intensity - mean(mode, p);
          logits[i * modes + mode] -= (float) (difference * difference / SIZE);
        }
      }
    }
    return new Features(
        new Values.Dense(Shape.of(quarters), pooled),
        Optional.of(new Values.Dense(Shape.of(SIZE), images.data())),
        Optional.of(new Values.Dense(Shape.of(modes), logits)));
  }
}

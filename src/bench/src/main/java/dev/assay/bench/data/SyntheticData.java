package dev.assay.bench.data;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * Data that is made on the spot and has enough structure for a loss to fall. The time of a step
 * does not depend on what the numbers are.
 */
public final class SyntheticData {
  /** Pixels on each side of a picture. */
  public static final int SIDE = 28;

  private static final int STROKES = 2;

  /** Pixels beyond which a stroke leaves no ink: no number is so small that it slows arithmetic. */
  private static final double REACH = 5;

  private SyntheticData() {}

  /** Tokens 0 … {@code vocabulary} − 1 of which each often follows from the one before. */
  public static int[] text(int length, int vocabulary, RandomStream random) {
    int[] text = new int[length];
    int token = 0;
    for (int i = 0; i < length; i++) {
      int successor = (token * 7 + 3) % vocabulary;
      token = random.nextInt(4) > 0 ? successor : random.nextInt(vocabulary);
      text[i] = token;
    }
    return text;
  }

  /** Pictures [count, 784] of two soft strokes each, in [0, 1]. */
  public static float[] pictures(int count, RandomStream random) {
    float[] pixels = new float[count * SIDE * SIDE];
    for (int i = 0; i < count * STROKES; i++) {
      stroke(pixels, i / STROKES * SIDE * SIDE, random);
    }
    return pixels;
  }

  private static void stroke(float[] pixels, int from, RandomStream random) {
    double x = 8 + 12 * random.nextDouble();
    double y = 8 + 12 * random.nextDouble();
    double angle = random.nextInt(4) * Math.PI / 4;
    double half = 4 + 5 * random.nextDouble();
    double dx = Math.cos(angle);
    double dy = Math.sin(angle);
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      double px = pixel % SIDE - x;
      double py = pixel / SIDE - y;
      double along = Math.clamp(px * dx + py * dy, -half, half);
      double distance = Math.hypot(px - along * dx, py - along * dy);
      float ink = distance > REACH ? 0 : (float) Math.exp(-distance * distance / 2.5);
      pixels[from + pixel] = Math.max(pixels[from + pixel], ink);
    }
  }

  /** Two half moons in each pair of columns i and i + width / 2: [count, width]. */
  public static float[] moons(int count, int width, RandomStream random) {
    float[] points = new float[count * width];
    int half = width / 2;
    for (int i = 0; i < count * half; i++) {
      int at = i / half * width + i % half;
      double angle = Math.PI * random.nextDouble();
      boolean upper = random.nextInt(2) == 0;
      double x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
      double y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
      points[at] = (float) (x - 0.5 + 0.05 * random.nextGaussian());
      points[at + half] = (float) (y - 0.25 + 0.05 * random.nextGaussian());
    }
    return points;
  }

  /**
   * Points [count, width] of Gaussians of variance 1 in each direction, whose means lie so near
   * that several have a share in most points.
   */
  public static float[] mixture(int count, int width, int components, RandomStream random) {
    float[] means = new float[components * width];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (random.nextGaussian() / 2);
    }
    float[] points = new float[count * width];
    for (int from = 0; from < points.length; from += width) {
      int mean = random.nextInt(components) * width;
      for (int i = 0; i < width; i++) {
        points[from + i] = means[mean + i] + (float) random.nextGaussian();
      }
    }
    return points;
  }

  /** Each element 1 where it exceeds one half, else 0. */
  public static float[] binary(float[] values) {
    float[] bits = Arrays.copyOf(values, values.length);
    for (int i = 0; i < bits.length; i++) {
      bits[i] = bits[i] > 0.5f ? 1 : 0;
    }
    return bits;
  }
}

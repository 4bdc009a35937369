package dev.assay.metrics;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each metric of samples sees of four defects that were planted in a sampler of the true
 * distribution, whose values scatter from draw to draw.
 */
final class Sensitivity {
  /** Draws of data and samples, each with and without defects. */
  private static final int DRAWS = 8;

  /** A defect is seen where it moves the mean by more deviations of sound samplers than this. */
  private static final double DEVIATIONS = 3;

  private static final int COUNT = 300;
  private static final double[] EQUAL = {1.0 / 3, 1.0 / 3, 1.0 / 3};

  private Sensitivity() {}

  /** Planted defects, with their names in the table. */
  enum Defect {
    DROPPED("dropped mode"),
    NOISE("added noise"),
    COPIES("copied training data"),
    BALANCE("shifted balance");

    final String title;

    Defect(String title) {
      this.title = title;
    }

    double[] shares() {
      return switch (this) {
        case DROPPED -> new double[] {0.5, 0.5, 0};
        case BALANCE -> new double[] {0.6, 0.2, 0.2};
        case NOISE, COPIES -> EQUAL;
      };
    }
  }

  /** A distribution of three modes that can be drawn with defects. */
  interface World {
    Modality modality();

    Values draw(double[] shares, RandomStream random);

    Values noisy(Values values, RandomStream random);

    /** A run of these data, before its samples. */
    Evaluations run(Values train, Values test);

    /** As the table names it. */
    String title();
  }

  /** Three correlated clouds in the plane. */
  private static final class Plane implements World {
    private static final double[][] MODES = {{-4, 0}, {4, 0}, {0, 6}};

    @Override
    public Modality modality() {
      return new Modality.Tabular(2);
    }

    @Override
    public Values draw(double[] shares, RandomStream random) {
      float[] data = new float[2 * COUNT];
      for (int i = 0; i < COUNT; i++) {
        double[] mode = MODES[choose(shares, random)];
        double first = random.nextGaussian();
        data[2 * i] = (float) (mode[0] + first);
        data[2 * i + 1] = (float) (mode[1] + 0.8 * first + 0.6 * random.nextGaussian());
      }
      return new Values.Dense(Shape.of(2), data);
    }

    @Override
    public Values noisy(Values values, RandomStream random) {
      float[] data = ((Values.Dense) values).data().clone();
      for (int i = 0; i < data.length; i++) {
        data[i] += (float) (1.5 * random.nextGaussian());
      }
      return new Values.Dense(Shape.of(2), data);
    }

    @Override
    public Evaluations run(Values train, Values test) {
      return Evaluations.of(modality(), train, test);
    }

    @Override
    public String title() {
      return "table";
    }
  }

  /** Words of three alphabets. */
  private static final class Words implements World {
    private static final String[] MODES = {"abcdef", "ghijkl", "mnopqr"};

    @Override
    public Modality modality() {
      return new Modality.Text(Modality.Text.Form.DOCUMENTS);
    }

    @Override
    public Values draw(double[] shares, RandomStream random) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        String letters = MODES[choose(shares, random)];
        StringBuilder text = new StringBuilder();
        int length = 6 + random.nextInt(6);
        int at = random.nextInt(letters.length());
        for (int c = 0; c < length; c++) {
          text.append(letters.charAt(at));
          // Mostly on to the next letter, so that pairs tell words from noise.
          at = random.nextInt(4) == 0 ? random.nextInt(letters.length()) : at + 1;
          at %= letters.length();
        }
        texts.add(text.toString());
      }
      return new Values.Texts(texts);
    }

    @Override
    public Values noisy(Values values, RandomStream random) {
      return new Values.Texts(
          ((Values.Texts) values)
              .texts().stream()
                  .map(text ->
                      text.chars()
                          .map(c -> random.nextInt(4) == 0 ? 'a' + random.nextInt(18) : c)
                          .collect(
                              StringBuilder::new,
                              StringBuilder::appendCodePoint,
                              StringBuilder::append)
                          .toString())
                  .toList());
    }

    @Override
    public Evaluations run(Values train, Values test) {
      return Evaluations.of(modality(), train, test);
    }

    @Override
    public String title() {
      return "text";
    }
  }

  static int choose(double[] shares, RandomStream random) {
    double u = random.nextDouble();
    int mode = 0;
    while (mode < shares.length - 1 && u >= shares[mode]) {
      u -= shares[mode++];
    }
    return mode;
  }

  /** The table, one row for each registered metric of samples that these worlds can feed. */
  static List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| metric | data | dropped mode | added noise | copied training data | shifted balance |");
    lines.add("|---|---|---|---|---|---|");
    List<Metric> metrics =
        ServiceLoader.load(Metric.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Metric::id))
            .toList();
    for (World world : List.of(new Plane(), new Pictures(), new Words(), new Tones())) {
      for (Metric metric : metrics) {
        String row = row(metric, world);
        if (!row.isEmpty()) {
          lines.add("| `" + metric.id() + "` | " + world.title() + " |" + row);
        }
      }
    }
    return lines;
  }

  private static String row(Metric metric, World world) {
    if (metric.info().minimumSamples() == 0
        || metric.fits(DataSpec.of(world.modality())) instanceof Fit.No) {
      return "";
    }
    double[] sound = values(metric, world, null);
    if (sound.length < DRAWS) {
      return "";
    }
    StringBuilder row = new StringBuilder();
    for (Defect defect : Defect.values()) {
      row.append(' ').append(verdict(metric, sound, values(metric, world, defect))).append(" |");
    }
    return row.toString();
  }

  private static String verdict(Metric metric, double[] sound, double[] defective) {
    double shift = mean(defective) - mean(sound);
    double mean = mean(sound);
    double deviation =
        Math.sqrt(
            DoubleStream.of(sound).map(v -> (v - mean) * (v - mean)).sum() / (sound.length - 1));
    if (Math.abs(shift) <= DEVIATIONS * deviation) {
      return "·";
    }
    return switch (metric.info().direction()) {
      case LOWER -> shift > 0 ? "worse" : "**better**";
      case HIGHER -> shift < 0 ? "worse" : "**better**";
      case NONE -> shift > 0 ? "rises" : "falls";
    };
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElse(Double.NaN);
  }

  /** One for each draw; fewer where the metric gives no single value. */
  private static double[] values(Metric metric, World world, @Nullable Defect defect) {
    return IntStream.range(0, DRAWS)
        .mapToObj(draw -> value(metric, world, defect, RandomStream.root(17).child(draw)))
        .filter(values -> values.size() == 1)
        .mapToDouble(values -> values.getFirst().value())
        .toArray();
  }

  private static List<MetricValue> value(
      Metric metric, World world, @Nullable Defect defect, RandomStream random) {
    Values train = world.draw(EQUAL, random.child("train"));
    Values test = world.draw(EQUAL, random.child("test"));
    Values samples =
        defect == Defect.COPIES
            ? train
            : world.draw(defect == null ? EQUAL : defect.shares(), random.child("samples"));
    if (defect == Defect.NOISE) {
      samples = world.noisy(samples, random.child("noise"));
    }
    return world.run(train, test).sampled(samples).values(metric);
  }
}

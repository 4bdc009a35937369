package dev.assay.testkit;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Small data to test a model on, with the configuration to test it in.
 *
 * @param name names the test cases
 * @param spec what the examples are
 * @param train raw examples
 * @param space every possible x, where they can be counted
 * @param params training configuration by YAML key; the rest stays at its defaults
 * @param sampler sampler configuration by YAML key; the rest stays at its defaults
 * @param updates training updates that suffice for the loss to fall
 */
public record Toy(
    String name,
    DataSpec spec,
    Batch train,
    Optional<Space> space,
    Map<String, Object> params,
    Map<String, Object> sampler,
    int updates) {
  private static final int DEFAULT_UPDATES = 30;

  public Toy {
    params = Map.copyOf(params);
    sampler = Map.copyOf(sampler);
  }

  /** Data of your own. */
  public static Toy of(String name, Modality x, Values train) {
    return new Toy(
        name,
        DataSpec.of(x),
        Batch.of(train),
        Space.of(x, train),
        Map.of(),
        Map.of(),
        DEFAULT_UPDATES);
  }

  /** 240 rows of two columns: two clusters, correlated within, far from zero mean and unit size. */
  public static Toy table() {
    RandomStream random = RandomStream.root(1).child("table");
    int rows = 240;
    float[] data = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double centre = i % 3 == 0 ? 2 : -1;
      data[2 * i] = (float) (10 + 3 * (centre + 0.5 * a));
      data[2 * i + 1] = (float) (-4 + 0.2 * (centre + 0.4 * a + 0.6 * b));
    }
    return of("table", new Modality.Tabular(2), new Values.Dense(Shape.of(2), data));
  }

  /** 96 binary images of 2 by 2: rows or columns of equal colour, one pixel in eight flipped. */
  public static Toy binaryImages() {
    return images(2);
  }

  /** 96 images of 2 by 2 pixels of the given levels: dark or bright rows or columns, with noise. */
  public static Toy images(int levels) {
    RandomStream random = RandomStream.root(2).child("images");
    int count = 96;
    float[] data = new float[4 * count];
    for (int i = 0; i < count; i++) {
      int pattern = new int[] {0b0011, 0b0011, 0b0101}[random.nextInt(3)];
      for (int p = 0; p < 4; p++) {
        boolean bright = (pattern >> p & 1) == 1;
        boolean noise = random.nextInt(8) == 0;
        data[4 * i + p] = noise ? random.nextInt(levels) : bright ? levels - 1 : 0;
      }
    }
    return of(
        levels == 2 ? "binary images" : "images of " + levels + " levels",
        new Modality.Image(2, 2, 1, levels),
        new Values.Dense(Shape.of(2, 2, 1), data));
  }

  /** 120 texts of one to three letters a or b; a and b alternate more often than not. */
  public static Toy documents() {
    RandomStream random = RandomStream.root(3).child("documents");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      texts.add(alternating(random, "ab", 1 + random.nextInt(3)));
    }
    return of(
        "documents", new Modality.Text(Modality.Text.Form.DOCUMENTS), new Values.Texts(texts));
  }

  /** One text of 600 letters a, b or c; a letter is seldom followed by itself. */
  public static Toy stream() {
    RandomStream random = RandomStream.root(4).child("stream");
    List<String> text = List.of(alternating(random, "abc", 600));
    return of("stream", new Modality.Text(Modality.Text.Form.STREAM), new Values.Texts(text));
  }

  /**
   * 120 texts of one to three letters a or b under a text: x is the condition with a and b
   * exchanged, one letter in eight left as it is.
   */
  public static Toy translations() {
    RandomStream random = RandomStream.root(6).child("translations");
    List<String> sources = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String source = alternating(random, "ab", 1 + random.nextInt(3));
      StringBuilder text = new StringBuilder();
      source.chars().forEach(c -> text.append((char) (random.nextInt(8) == 0 ? c : 'a' + 'b' - c)));
      sources.add(source);
      texts.add(text.toString());
    }
    Modality form = new Modality.Text(Modality.Text.Form.DOCUMENTS);
    Values x = new Values.Texts(texts);
    return new Toy(
        "translations",
        new DataSpec.Conditional(form, form),
        new Batch(x, new Values.Texts(sources)),
        Space.of(form, x),
        Map.of(),
        Map.of(),
        DEFAULT_UPDATES);
  }

  /**
   * 120 classes under texts of one to three letters: 1 if a text begins with a, one in eight not.
   */
  public static Toy opinions() {
    RandomStream random = RandomStream.root(7).child("opinions");
    List<String> texts = new ArrayList<>();
    int[] labels = new int[120];
    for (int i = 0; i < labels.length; i++) {
      texts.add(alternating(random, "ab", 1 + random.nextInt(3)));
      boolean positive = texts.getLast().startsWith("a") != (random.nextInt(8) == 0);
      labels[i] = positive ? 1 : 0;
    }
    return new Toy(
        "opinions",
        new DataSpec.Conditional(
            new Modality.Label(2), new Modality.Text(Modality.Text.Form.DOCUMENTS)),
        new Batch(new Values.Labels(labels), new Values.Texts(texts)),
        Optional.empty(),
        Map.of(),
        Map.of(),
        DEFAULT_UPDATES);
  }

  /** This toy with one training parameter set. */
  public Toy with(String key, Object value) {
    return new Toy(name, spec, train, space, put(params, key, value), sampler, updates);
  }

  /** This toy with one sampler parameter set. */
  public Toy sampling(String key, Object value) {
    return new Toy(name, spec, train, space, params, put(sampler, key, value), updates);
  }

  /** This toy with another number of training updates. */
  public Toy updates(int count) {
    return new Toy(name, spec, train, space, params, sampler, count);
  }

  /** This toy under another name: for two configurations of one data set. */
  public Toy named(String other) {
    return new Toy(other, spec, train, space, params, sampler, updates);
  }

  /** This toy with a class as condition of each example, in turn. */
  public Toy labelled(int classes) {
    int[] labels = new int[train.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes;
    }
    return new Toy(
        name + " with labels",
        new DataSpec.Conditional(spec.x(), new Modality.Label(classes)),
        new Batch(train.x(), new Values.Labels(labels)),
        space,
        params,
        sampler,
        updates);
  }

  /** This toy as two unpaired sets, which take turns. */
  public Toy unpaired() {
    return new Toy(
        name + " in two sets",
        new DataSpec.Unpaired(spec.x(), spec.x()),
        labelled(2).train(),
        space,
        params,
        sampler,
        updates);
  }

  /** The training examples in the form a model wants: continuous numbers are standardised. */
  public Batch encoded(Fit.Encoding encoding) {
    return switch (encoding) {
      case RAW -> train;
      case CONTINUOUS -> new Batch(Standardised.of(spec.x(), train.dense()), train.condition());
      case DEQUANTIZED ->
          new Batch(Standardised.dequantized(spec.x(), train.dense()), train.condition());
    };
  }

  @Override
  public String toString() {
    return name;
  }

  private static String alternating(RandomStream random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    int last = random.nextInt(letters.length());
    for (int i = 0; i < length; i++) {
      if (random.nextInt(4) > 0) {
        last = (last + 1 + random.nextInt(letters.length() - 1)) % letters.length();
      }
      text.append(letters.charAt(last));
    }
    return text.toString();
  }

  private static Map<String, Object> put(Map<String, Object> map, String key, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return copy;
  }
}

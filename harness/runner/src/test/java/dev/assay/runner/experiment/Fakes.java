package dev.assay.runner.experiment;

import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.OwnFiles;
import dev.assay.spi.Param;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Providers that can be planned with, and nothing else. */
final class Fakes {
  private Fakes() {}

  static Registry registry() {
    return Registry.of(
        new Vae(),
        new Gmm(),
        new Datasets(),
        new Preparer(),
        new Numbers(),
        new Score("nll"),
        new Score("c2st"),
        new Processor("cpu", Optional.empty(), List.of("fp32")),
        new Processor("reference", Optional.empty(), List.of("fp32")),
        new Processor("jcuda", Optional.of("no NVIDIA driver"), List.of("fp32", "bf16")));
  }

  static ExperimentFile file(String yaml, String... overrides) {
    return file(Path.of(""), yaml, overrides);
  }

  static ExperimentFile file(Path folder, String yaml, String... overrides) {
    byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
    return ExperimentFile.read("t.yaml", text, List.of(overrides), registry(), folder);
  }

  static List<Cell> cells(String yaml, String... overrides) {
    try {
      return file(yaml, overrides).plan().cells();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  enum Likelihood {
    BERNOULLI,
    DISCRETISED_LOGISTIC
  }

  record VaeConfig(
      @Param(doc = "Width of the latent code.", value = "8", min = 1, max = 512) int latent,
      @Param(doc = "Widths of the hidden layers.", value = "[200]", min = 1, max = 4096)
          List<Integer> hidden,
      Prior prior,
      @Param(doc = "Of pixels.", value = "bernoulli") Likelihood likelihood) {}

  record Prior(
      @Param(doc = "Weight of the divergence.", value = "1.0", min = 0) double beta,
      @Param(doc = "Whether the prior is learned.", value = "false") boolean learnedPrior) {
    Prior {
      if (beta == 0 && learnedPrior) {
        throw new IllegalArgumentException("a learned prior needs a beta above 0");
      }
    }
  }

  enum Decoding {
    MEAN,
    DRAW
  }

  record VaeSampler(@Param(doc = "What stands for a pixel.", value = "draw") Decoding decoding) {}

  record GmmConfig(
      @Param(doc = "Number of components.", value = "10", min = 1, max = 1000) int components) {}

  record NoSampler() {}

  /** Learns images only. */
  record Vae() implements ModelProvider<VaeConfig, VaeSampler> {
    @Override
    public String id() {
      return "vae";
    }

    @Override
    public ModelCard card() {
      return new ModelCard("Variational autoencoder", "vae", "Kingma and Welling", 2014, "eq. 3");
    }

    @Override
    public Class<VaeConfig> configType() {
      return VaeConfig.class;
    }

    @Override
    public Class<VaeSampler> samplerType() {
      return VaeSampler.class;
    }

    @Override
    public Fit fits(VaeConfig config, DataSpec spec) {
      return spec instanceof DataSpec.Conditional c && c.x() instanceof Modality.Image
          ? Fit.raw()
          : Fit.no("it needs images");
    }

    @Override
    public GenerativeModel<VaeSampler> create(VaeConfig config, ModelContext context) {
      throw new AssertionError("planning creates no model");
    }
  }

  /** Learns everything. */
  record Gmm() implements ModelProvider<GmmConfig, NoSampler> {
    @Override
    public String id() {
      return "gmm";
    }

    @Override
    public ModelCard card() {
      return new ModelCard("Gaussian mixture", "statistical", "Dempster et al.", 1977, "EM");
    }

    @Override
    public Class<GmmConfig> configType() {
      return GmmConfig.class;
    }

    @Override
    public Class<NoSampler> samplerType() {
      return NoSampler.class;
    }

    @Override
    public Fit fits(GmmConfig config, DataSpec spec) {
      return Fit.continuous();
    }

    @Override
    public GenerativeModel<NoSampler> create(GmmConfig config, ModelContext context) {
      throw new AssertionError("planning creates no model");
    }
  }

  /** One set of images and one of points. */
  record Datasets() implements DatasetProvider {
    @Override
    public List<DatasetCard> cards() {
      return List.of(
          card("uci-digits", DataSpec.of(new Modality.Image(8, 8, 1, 17)), "1,797 images 8×8"),
          card("two-moons", DataSpec.of(new Modality.Tabular(2)), "points in the plane"));
    }

    private static DatasetCard card(String id, DataSpec spec, String summary) {
      var source = new DatasetCard.Source(id + ".csv", "https://example.org", "00ff", 3);
      return new DatasetCard(id, id, spec, summary, "CC0", "nobody", "none", List.of(source));
    }

    @Override
    public Dataset load(String id, Files files) {
      throw new AssertionError("planning loads no data");
    }
  }

  record NumbersConfig(
      @Param(doc = "File with a number a line.", value = "") String path,
      @Param(doc = "How many to hold out.", value = "1", min = 1) int test) {}

  /** Own files with a number a line. */
  record Numbers() implements OwnFiles<NumbersConfig> {
    @Override
    public Class<NumbersConfig> configType() {
      return NumbersConfig.class;
    }

    @Override
    public Dataset load(NumbersConfig config, Path folder) throws IOException {
      Path file = folder.resolve(config.path());
      List<String> lines = java.nio.file.Files.readAllLines(file);
      float[] numbers = new float[lines.size()];
      for (int i = 0; i < numbers.length; i++) {
        try {
          numbers[i] = Float.parseFloat(lines.get(i));
        } catch (NumberFormatException e) {
          throw new IOException(file.getFileName() + ":" + (i + 1) + " is no number", e);
        }
      }
      if (config.test() >= numbers.length) {
        throw new ConfigException("test", "no examples are left to train on", List.of());
      }
      DatasetCard card =
          new DatasetCard(
              "numbers-" + Integer.toHexString(lines.hashCode()),
              "numbers",
              DataSpec.of(new Modality.Tabular(1)),
              lines.size() + " numbers",
              "own",
              "own",
              "the last ones",
              List.of());
      Batch all = Batch.of(new Values.Dense(Shape.of(1), numbers));
      int train = numbers.length - config.test();
      return new Dataset(
          card,
          all.range(0, train),
          Optional.empty(),
          all.range(train, numbers.length),
          Optional.empty());
    }
  }

  record Split(@Param(doc = "Validation examples.", value = "0", min = 0) int valid) {}

  enum Binarize {
    NONE,
    THRESHOLD,
    STOCHASTIC
  }

  record Preprocess(
      @Param(doc = "How to make pixels black or white.", value = "none") Binarize binarize) {}

  /** Can binarise images. */
  record Preparer() implements DataPreparer<Split, Preprocess> {
    @Override
    public Class<Split> splitType() {
      return Split.class;
    }

    @Override
    public Class<Preprocess> preprocessType() {
      return Preprocess.class;
    }

    @Override
    public DataSpec spec(DatasetCard card, Split split, Preprocess preprocess) {
      if (preprocess.binarize() == Binarize.NONE) {
        return card.spec();
      }
      if (!(card.spec() instanceof DataSpec.Conditional c && c.x() instanceof Modality.Image i)) {
        throw new ConfigException("binarize", "only images can be binarised", List.of());
      }
      return DataSpec.of(new Modality.Image(i.height(), i.width(), i.channels(), 2));
    }

    @Override
    public PreparedData prepare(Dataset dataset, Split split, Preprocess preprocess) {
      throw new AssertionError("planning prepares no data");
    }
  }

  /** Means something for images only if it is called {@code c2st}. */
  record Score(String id) implements Metric {
    @Override
    public Info info() {
      return new Info(id, "1", Direction.LOWER, 0, 1, 0, "none");
    }

    @Override
    public Fit fits(DataSpec spec) {
      boolean image = spec instanceof DataSpec.Conditional c && c.x() instanceof Modality.Image;
      return image || !id.equals("c2st") ? Fit.raw() : Fit.no("needs images");
    }

    @Override
    public List<MetricValue> compute(Evaluation evaluation) {
      throw new AssertionError("planning measures nothing");
    }
  }

  record Processor(String id, Optional<String> unavailable, List<String> precisions)
      implements BackendProvider {
    @Override
    public List<String> blas() {
      return id.equals("jcuda") ? List.of("auto", "own", "cublas") : List.of();
    }

    @Override
    public Backend open(Settings settings) {
      throw new AssertionError("planning opens no backend");
    }
  }
}

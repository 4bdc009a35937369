package dev.assay.it;

import dev.assay.runner.experiment.Registry;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Infiller;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.Shape;
import dev.assay.tensor.reference.ReferenceProvider;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks models, in their default settings and untrained, what they can do with each kind of data.
 */
final class ModelProbe implements AutoCloseable {
  /** What can be the parent of each model that has one. */
  private static final Map<String, String> PARENTS =
      Map.of(
          "bert-classifier",
          "bert",
          "gpt-lora",
          "gpt",
          "latent-diffusion",
          "ae",
          "t5-tuned",
          "t5",
          "transformer-tuned",
          "transformer");

  /** Of each list the first that a model fits. */
  private static final List<List<Kind>> KINDS = kinds();

  private final Backend backend =
      new ReferenceProvider().open(new BackendProvider.Settings(1, "fp32"));

  /** A kind of data. */
  private record Kind(String name, DataSpec spec, Batch batch) {
    static Kind of(String name, Toy toy) {
      return new Kind(name, toy.spec(), toy.train());
    }

    /** Two square images. */
    static Kind images(int side, int levels) {
      Modality image = new Modality.Image(side, side, 1, levels);
      Values pixels = new Values.Dense(Shape.of(side, side, 1), new float[2 * side * side]);
      String name = levels == 2 ? "binary images" : "images";
      return new Kind(name, DataSpec.of(image), Batch.of(pixels));
    }

    Kind under(String other, Modality condition, Values values) {
      return new Kind(
          other, new DataSpec.Conditional(spec.x(), condition), new Batch(batch.x(), values));
    }

    Kind labelled() {
      Values labels = new Values.Labels(new int[batch.count()]);
      return under(name + " with labels", new Modality.Label(2), labels);
    }

    /** What a parent of a model of this has learnt: of classes under texts, the texts. */
    Kind ofParent() {
      return spec instanceof DataSpec.Conditional(Modality.Label _, Modality text)
          ? new Kind(name, DataSpec.of(text), Batch.of(batch.condition()))
          : this;
    }
  }

  /**
   * What a model can do.
   *
   * @param encoding in which it wants x
   * @param scores the ways it scores, in words; empty if it does not
   * @param codes their shape, in words; empty without codes
   * @param completes whether it completes what is partly known
   */
  record Abilities(String encoding, String scores, String codes, boolean completes) {}

  private static List<List<Kind>> kinds() {
    Kind small = Kind.images(2, 17);
    Kind large = Kind.images(8, 17);
    Kind table = Kind.of("tables", Toy.table());
    Modality grey = small.spec().x();
    Batch two = new Batch(small.batch().x(), new Values.Labels(new int[] {0, 1}));
    Values sounds = new Values.Texts(List.of("\u0080\u0081", "\u007f"));
    Modality sound = new Modality.Audio(8000);
    return List.of(
        List.of(small, large, Kind.images(2, 2), small.labelled(), large.labelled()),
        List.of(small.under("images under images", grey, small.batch().x())),
        List.of(new Kind("two sets of images", new DataSpec.Unpaired(grey, grey), two)),
        List.of(table, table.labelled()),
        List.of(Kind.of("texts", Toy.documents())),
        List.of(Kind.of("a running text", Toy.stream())),
        List.of(Kind.of("texts under texts", Toy.translations())),
        List.of(Kind.of("classes under texts", Toy.opinions())),
        List.of(new Kind("sounds", DataSpec.of(sound), Batch.of(sounds))));
  }

  /** What a model can do with each kind of data that it learns. */
  <C extends Record> Map<String, Abilities> of(ModelProvider<C, ?> model) {
    Map<String, Abilities> found = new LinkedHashMap<>();
    C config = Configs.defaults(model.configType());
    for (List<Kind> alternatives : KINDS) {
      for (Kind kind : alternatives) {
        if (model.fits(config, kind.spec()) instanceof Fit.Yes(Fit.Encoding encoding)) {
          found.put(kind.name(), abilities(model, config, kind, encoding));
          break;
        }
      }
    }
    return found;
  }

  private <C extends Record> Abilities abilities(
      ModelProvider<C, ?> model, C config, Kind kind, Fit.Encoding encoding) {
    Map<String, GenerativeModel<?>> parents = new HashMap<>();
    try {
      for (String role : model.parents()) {
        parents.put(role, parent(model.id(), kind.ofParent()));
      }
      try (GenerativeModel<?> made = model.create(config, context(kind).with(parents))) {
        return new Abilities(
            encoding.name().toLowerCase(Locale.ROOT),
            made instanceof Scorer scorer ? scores(scorer) : "",
            made instanceof LatentCodec codec ? codes(codec, kind) : "",
            made instanceof Infiller<?>);
      }
    } finally {
      parents.values().forEach(GenerativeModel::close);
    }
  }

  private TestContext context(Kind kind) {
    return TestContext.of(backend, 1, kind.spec(), kind.batch());
  }

  private GenerativeModel<?> parent(String child, Kind kind) {
    String id =
        Optional.ofNullable(PARENTS.get(child))
            .orElseThrow(() -> new AssertionError("name a parent of '" + child + "' in PARENTS"));
    return untrained(Registry.load().model(id), kind);
  }

  private <C extends Record> GenerativeModel<?> untrained(ModelProvider<C, ?> model, Kind kind) {
    return model.create(Configs.defaults(model.configType()), context(kind));
  }

  private static String codes(LatentCodec codec, Kind kind) {
    Shape code = codec.code();
    boolean alike = kind.batch().x() instanceof Values.Dense x && code.size() == x.width();
    return (alike ? "as x" : code.toString()) + (codec.exact() ? ", exact" : "");
  }

  private static String scores(Scorer scorer) {
    return scorer.methods(1).stream().map(ModelProbe::score).collect(Collectors.joining("; "));
  }

  private static String score(ScoreMethod method) {
    String measure = method.measure() == Measure.MASS ? "mass" : "density";
    String meaning =
        switch (method.kind()) {
          case EXACT -> measure;
          case LOWER_BOUND -> "lower bound on the " + measure;
          case ESTIMATE -> "estimate of the " + measure;
          case PSEUDO -> "pseudo-likelihood";
        };
    return "`%s`: %s".formatted(method.id(), meaning);
  }

  @Override
  public void close() {
    backend.close();
  }
}

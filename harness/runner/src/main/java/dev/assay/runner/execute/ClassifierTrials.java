package dev.assay.runner.execute;

import dev.assay.runner.experiment.Registry;
import dev.assay.runner.task.Classifiers;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.EncodedData;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.Fit;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.store.Digests;
import java.util.Optional;

/** Classifiers like that of the features, each trained on examples of its own and not kept. */
record ClassifierTrials(PreparedData data, Registry registry, Cancellation cancellation)
    implements Classifiers {
  private static final String ID = "classifier";

  @Override
  public Optional<String> kind() {
    return provider().map(provider -> provider.id() + "-v" + provider.version());
  }

  @Override
  public double accuracy(Batch train) {
    PreparedData retrained = new Retrained(data, train);
    try (DatasetFeatures features =
        DatasetFeatures.trained(retrained, provider().orElseThrow(), registry, cancellation)) {
      return features.accuracy().orElseThrow();
    }
  }

  private Optional<FeatureProvider> provider() {
    return registry.features().stream()
        .filter(
            provider -> provider.id().equals(ID) && provider.fits(data.spec()) instanceof Fit.Yes)
        .findFirst();
  }

  /** The data with other training examples, of which only a classifier is made. */
  private record Retrained(PreparedData data, Batch train) implements PreparedData {
    @Override
    public DatasetCard card() {
      return data.card();
    }

    @Override
    public DataSpec.Conditional spec() {
      return data.spec();
    }

    @Override
    public Optional<Batch> valid() {
      return data.valid();
    }

    @Override
    public Batch test() {
      return data.test();
    }

    @Override
    public Optional<Dataset.KnownDensity> density() {
      return data.density();
    }

    @Override
    public EncodedData encoded(Fit.Encoding encoding) {
      return data.encoded(encoding);
    }

    @Override
    public Tokenizer tokenizer(TokenizerSpec spec) {
      return data.tokenizer(spec);
    }

    @Override
    public String signature() {
      return data.signature();
    }

    @Override
    public String hash() {
      return Digests.ofText(
          data.hash() + Sampling.hash(train.x()) + Sampling.hash(train.condition()));
    }
  }
}

package dev.assay.data.synthetic;

import com.google.auto.service.AutoService;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Points in the plane, drawn anew at each load from fixed streams, always the same ones. */
@AutoService(DatasetProvider.class)
public final class SyntheticDatasets implements DatasetProvider {
  private static final int TRAIN = 20_000;
  private static final int TEST = 10_000;

  private static final List<PlaneDistribution> DISTRIBUTIONS =
      List.of(new GaussianRing(), new TwoMoons(), new Checkerboard(), new Pinwheel(), new Rings());

  @Override
  public List<DatasetCard> cards() {
    return DISTRIBUTIONS.stream().map(SyntheticDatasets::card).toList();
  }

  @Override
  public Dataset load(String id, Files files) {
    PlaneDistribution distribution =
        DISTRIBUTIONS.stream()
            .filter(d -> d.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no synthetic dataset '" + id + "'"));
    return new Dataset(
        card(distribution),
        draw(distribution, "train", TRAIN),
        Optional.empty(),
        draw(distribution, "test", TEST),
        Optional.of(distribution));
  }

  private static DatasetCard card(PlaneDistribution distribution) {
    return new DatasetCard(
        distribution.id(),
        distribution.name(),
        DataSpec.of(new Modality.Tabular(2)),
        TRAIN + TEST + " points in the plane: " + distribution.summary(),
        "Apache-2.0",
        distribution.citation(),
        TRAIN + " train, " + TEST + " test, independent draws",
        List.of());
  }

  private static Batch draw(PlaneDistribution distribution, String part, int count) {
    RandomStream random =
        RandomStream.root(0).child("synthetic").child(distribution.id()).child(part);
    float[] data = new float[2 * count];
    for (int i = 0; i < count; i++) {
      distribution.draw(random, data, 2 * i);
    }
    return Batch.of(new Values.Dense(Shape.of(2), data));
  }
}

package dev.assay.it;

import com.google.auto.service.AutoService;
import dev.assay.spi.BatchSource;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.Map;

/** A model that keeps its training rows and gives them out as samples. */
@AutoService(ModelProvider.class)
public final class Memoriser implements ModelProvider<Memoriser.None, Memoriser.None> {
  /** No settings. */
  public record None() {}

  @Override
  public String id() {
    return "memoriser";
  }

  @Override
  public ModelCard card() {
    return new ModelCard("Memoriser", "fixture", "nobody", 2026, "x = a training row");
  }

  @Override
  public Class<None> configType() {
    return None.class;
  }

  @Override
  public Class<None> samplerType() {
    return None.class;
  }

  @Override
  public Fit fits(None config, DataSpec spec) {
    return spec instanceof DataSpec.Conditional ? Fit.raw() : Fit.no("it knows rows only");
  }

  @Override
  public GenerativeModel<None> create(None config, ModelContext context) {
    return new Model(context.trainSize());
  }

  private static final class Model implements GenerativeModel<None> {
    private static final int BATCH = 32;

    private final int most;
    private float[] rows = {};
    private Shape item = Shape.SCALAR;

    Model(int most) {
      this.most = most;
    }

    @Override
    public StepReport train(BatchSource batches) {
      Values.Dense batch = batches.next(BATCH).dense();
      item = batch.item();
      int length = Math.min(most * item.size(), rows.length + batch.data().length);
      int before = rows.length;
      rows = Arrays.copyOf(rows, length);
      System.arraycopy(batch.data(), 0, rows, before, length - before);
      return new StepReport(1 - (double) length / (most * item.size()), BATCH, false, Map.of());
    }

    @Override
    public Samples sample(SampleRequest request, None sampler) {
      int width = item.size();
      float[] data = new float[request.count() * width];
      for (int i = 0; i < request.count(); i++) {
        int row = (int) ((request.first() + i) % (rows.length / width));
        System.arraycopy(rows, row * width, data, i * width, width);
      }
      return new Samples(new Values.Dense(item, data));
    }

    @Override
    public long parameters() {
      return rows.length;
    }

    @Override
    public void save(StateStore state) {
      state.putFloats("rows", Shape.of(rows.length), rows);
    }

    @Override
    public void restore(StateStore state) {
      throw new IllegalStateException("a memoriser is never resumed here");
    }

    @Override
    public void close() {}
  }
}

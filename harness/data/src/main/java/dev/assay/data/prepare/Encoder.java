package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/**
 * Data in the form a model asked for, and the way back: samples to raw form, scores to raw units.
 * Held-out parts are dequantised by one draw that is the same for all models and seeds.
 */
public final class EncodedData {
  private final PreparedData data;
  private final Transform transform;

  EncodedData(PreparedData data, Transform transform) {
    this.data = data;
    this.transform = transform;
  }

  /** The data in raw form. */
  public PreparedData prepared() {
    return data;
  }

  public Transform transform() {
    return transform;
  }

  /**
   * The training part as a model pulls it.
   *
   * @param random root of the order and of all fresh draws
   */
  public TrainingBatches batches(RandomStream random) {
    return new TrainingBatches(this, random);
  }

  /** Training examples in model form, in stored order. */
  public Batch train() {
    return forward(data.train(), "train");
  }

  /** Validation examples in model form. */
  public Optional<Batch> valid() {
    return data.valid().map(batch -> forward(batch, "valid"));
  }

  /** Test examples in model form. */
  public Batch test() {
    return forward(data.test(), "test");
  }

  /** Values that a model drew, in raw form. */
  public Values raw(Values samples) {
    if (transform instanceof Transform.Identity || !(samples instanceof Values.Dense dense)) {
      return samples;
    }
    float[] numbers = dense.data().clone();
    for (int i = 0; i < dense.count(); i++) {
      transform.inverse(numbers, i * dense.width(), dense.width());
    }
    return new Values.Dense(dense.item(), numbers);
  }

  /**
   * Scores in raw units.
   *
   * @param batch the examples that were scored, in model form
   * @param nats −ln p of each under the model's form
   * @return −ln p of each in raw units
   */
  public double[] rawNats(Batch batch, double[] nats) {
    double[] raw = nats.clone();
    if (batch.x() instanceof Values.Dense x) {
      for (int i = 0; i < raw.length; i++) {
        raw[i] -= transform.logDetJacobian(x.data(), i * x.width(), x.width());
      }
    }
    return raw;
  }

  /**
   * What a score means in raw units. A density over dequantised levels bounds their mass from
   * below, so what was exact becomes a lower bound.
   */
  public ScoreMethod rawMethod(ScoreMethod method) {
    if (!(transform instanceof Transform.Dequantize) || method.measure() == Measure.MASS) {
      return method;
    }
    Kind kind = method.kind() == Kind.EXACT ? Kind.LOWER_BOUND : method.kind();
    return new ScoreMethod(method.id() + "-dequantized", kind, Measure.MASS, method.samples());
  }

  /** Preprocessing and encoding: {@code key:value} parts joined by {@code |}. */
  public String signature() {
    return data.preprocessing().signature() + "|encoding:" + transform.signature();
  }

  private Batch forward(Batch batch, String part) {
    if (transform instanceof Transform.Identity || !(batch.x() instanceof Values.Dense raw)) {
      return batch;
    }
    RandomStream streams = Draws.fixed(part);
    float[] numbers = raw.data().clone();
    for (int i = 0; i < raw.count(); i++) {
      transform.forward(numbers, i * raw.width(), raw.width(), streams.child(i).key());
    }
    return new Batch(new Values.Dense(raw.item(), numbers), batch.condition());
  }
}

package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;

/** Data as they pass through a {@link Transform}. Without one, arrays are shared. */
final class Encoder implements EncodedData {
  private final Prepared data;
  private final Transform transform;

  Encoder(Prepared data, Transform transform) {
    this.data = data;
    this.transform = transform;
  }

  Transform transform() {
    return transform;
  }

  @Override
  public ResumableSource batches(RandomStream random) {
    return new TrainingBatches(data, this, random);
  }

  @Override
  public Encoded encode(Batch raw, RandomStream random, long first) {
    double[] logDeterminants = new double[raw.count()];
    if (transform instanceof Transform.Identity || !(raw.x() instanceof Values.Dense x)) {
      return new Encoded(raw, logDeterminants);
    }
    float[] numbers = x.data().clone();
    int width = x.width();
    for (int i = 0; i < x.count(); i++) {
      transform.forward(numbers, i * width, width, random.child(first + i).key());
      logDeterminants[i] = transform.logDetJacobian(numbers, i * width, width);
    }
    Batch encoded = new Batch(new Values.Dense(x.item(), numbers), raw.condition());
    return new Encoded(encoded, logDeterminants);
  }

  @Override
  public Values decode(Values values) {
    if (transform instanceof Transform.Identity || !(values instanceof Values.Dense dense)) {
      return values;
    }
    float[] numbers = dense.data().clone();
    for (int i = 0; i < dense.count(); i++) {
      transform.inverse(numbers, i * dense.width(), dense.width());
    }
    return new Values.Dense(dense.item(), numbers);
  }

  @Override
  public ScoreMethod rawMethod(ScoreMethod method) {
    if (!(transform instanceof Transform.Dequantize) || method.measure() == Measure.MASS) {
      return method;
    }
    Kind kind = method.kind() == Kind.EXACT ? Kind.LOWER_BOUND : method.kind();
    return new ScoreMethod(method.id() + "-dequantized", kind, Measure.MASS, method.samples());
  }
}

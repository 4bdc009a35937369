package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;

/** Whether codes are functions of examples, and where they should be, invertible ones. */
final class CodecChecks {
  private static final int EXAMPLES = 7;

  /** For numbers near 1, after some ten layers of float32 arithmetic each way. */
  private static final float TOLERANCE = 2e-3f;

  private CodecChecks() {}

  /** Codes have their shape, and that of an example does not depend on its batch. */
  static void alone(LatentCodec codec, Trial<?, ?> trial) {
    Batch batch = examples(trial);
    Values.Dense together = codec.encode(batch);
    assertThat(together.item()).as("shape of a code").isEqualTo(codec.code());
    assertThat(together.count()).as("codes").isEqualTo(batch.count());
    for (int i = 0; i < batch.count(); i++) {
      Values.Dense alone = codec.encode(batch.range(i, i + 1));
      LikelihoodChecks.close(together.range(i, i + 1), alone, "code of example " + i);
    }
  }

  /** f⁻¹(f(x)) = x for examples, and f(f⁻¹(z)) = z for codes drawn about theirs. */
  static void roundtrip(LatentCodec codec, Trial<?, ?> trial) {
    Batch batch = examples(trial);
    Values.Dense codes = codec.encode(batch);
    Values decoded = codec.decode(codes, batch.condition());
    close(batch.dense(), (Values.Dense) decoded, "decoded codes");
    Values.Dense moved = moved(codes);
    Batch made = new Batch(codec.decode(moved, batch.condition()), batch.condition());
    close(moved, codec.encode(made), "encoded examples");
  }

  private static Batch examples(Trial<?, ?> trial) {
    return trial.train().range(0, Math.min(EXAMPLES, trial.train().count()));
  }

  private static Values.Dense moved(Values.Dense codes) {
    RandomStream random = RandomStream.root(17).child("codes");
    float[] data = codes.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] += (float) (0.3 * random.nextGaussian());
    }
    return new Values.Dense(codes.item(), data);
  }

  private static void close(Values.Dense expected, Values.Dense actual, String what) {
    assertThat(actual.item()).as(what).isEqualTo(expected.item());
    assertThat(actual.data()).as(what).containsExactly(expected.data(), within(TOLERANCE));
  }
}

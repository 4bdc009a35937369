package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import java.util.List;

/** Texts in batches. */
final class Texts {
  private Texts() {}

  /** Whether x is one running text. */
  static boolean isStream(DataSpec spec) {
    return spec instanceof DataSpec.Conditional conditional
        && conditional.x() instanceof Modality.Text text
        && text.form() == Modality.Text.Form.STREAM;
  }

  /** The one text of a stream. */
  static String stream(Batch batch) {
    List<String> texts = batch.texts().texts();
    if (texts.size() != 1) {
      throw new IllegalArgumentException("a stream is one text, not " + texts.size());
    }
    return texts.getFirst();
  }
}

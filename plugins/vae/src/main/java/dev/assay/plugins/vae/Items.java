package dev.assay.plugins.vae;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.tensor.Shape;

/** What the family's examples are. */
public final class Items {
  private Items() {}

  /** x of a spec that fits. */
  public static Modality of(DataSpec spec) {
    return ((DataSpec.Conditional) spec).x();
  }

  /** Shape of one image or row. */
  public static Shape shape(Modality x) {
    return switch (x) {
      case Modality.Image(int height, int width, int channels, int _) ->
          Shape.of(height, width, channels);
      case Modality.Tabular(int columns) -> Shape.of(columns);
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("neither images nor a table: " + x);
    };
  }
}

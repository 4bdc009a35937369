package dev.assay.plugins.gan.game;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;

/** What this family learns. */
public final class Fits {
  private Fits() {}

  /** Images, with labels left aside. */
  public static Fit images(DataSpec spec) {
    return x(spec) instanceof Modality.Tabular ? Fit.no("it generates images") : any(spec);
  }

  /** Images and tables, with labels left aside. */
  public static Fit any(DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("it learns p(x); it can leave labels aside, but no other condition");
    }
    return switch (x) {
      case Modality.Image _ -> Fit.raw();
      case Modality.Tabular _ -> Fit.continuous();
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("it generates images and tables");
    };
  }

  /** What {@code without} says, if there are labels to condition on. */
  public static Fit labelled(DataSpec spec, Fit without) {
    return without instanceof Fit.Yes && classes(spec) == 0
        ? Fit.no("it learns p(x | class), and these data have no classes")
        : without;
  }

  /** What is generated. */
  public static Modality x(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality x, _) ? x : new Modality.Nothing();
  }

  /** Number of classes; 0 without labels. */
  public static int classes(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(_, Modality.Label(int classes)) ? classes : 0;
  }
}

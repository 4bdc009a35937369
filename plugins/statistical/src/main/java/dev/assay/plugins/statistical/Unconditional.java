package dev.assay.plugins.statistical;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.tensor.Shape;
import java.util.function.Function;

/** The data that a model of p(x) without a condition can learn. */
public final class Unconditional {
  private Unconditional() {}

  /**
   * What {@code ofX} says of x, where x stands alone or has a class, which is left unused; a no for
   * every other {@code spec}.
   */
  public static Fit fit(DataSpec spec, Function<Modality, Fit> ofX) {
    return switch (spec) {
      case DataSpec.Conditional(Modality x, Modality condition) ->
          switch (condition) {
            case Modality.Nothing _, Modality.Label _ -> ofX.apply(x);
            case Modality.Tabular _, Modality.Image _, Modality.Text _, Modality.Audio _ ->
                Fit.no("it models x alone, and cannot be conditioned on " + name(condition));
          };
      case DataSpec.Unpaired _ -> Fit.no("it models one set of examples, not a pair of sets");
    };
  }

  /** A no for an x that is not what the model is for, such as {@code "images or tables"}. */
  public static Fit wants(String wanted, Modality x) {
    return Fit.no("it models " + wanted + ", and x is " + name(x));
  }

  /**
   * Shape of one x.
   *
   * @param spec of images or tables
   */
  public static Shape item(DataSpec spec) {
    return switch (((DataSpec.Conditional) spec).x()) {
      case Modality.Tabular(int columns) -> Shape.of(columns);
      case Modality.Image(int height, int width, int channels, int _) ->
          Shape.of(height, width, channels);
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("no numbers in " + spec);
    };
  }

  private static String name(Modality modality) {
    return switch (modality) {
      case Modality.Tabular(int columns) -> "a table of " + columns + " columns";
      case Modality.Image(int height, int width, int channels, int levels) ->
          "an image of %dx%dx%d with %d levels".formatted(height, width, channels, levels);
      case Modality.Text(Modality.Text.Form form) ->
          form == Modality.Text.Form.STREAM ? "a stream of text" : "text";
      case Modality.Audio _ -> "sound";
      case Modality.Label _ -> "a class";
      case Modality.Nothing _ -> "nothing";
    };
  }
}

package dev.assay.plugins.vae;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;

/** The data that the family can learn: images and tables. */
public final class Fits {
  private Fits() {}

  /** p(x), with labels left aside. */
  public static Fit alone(DataSpec spec, Likelihood.Choice likelihood, Architecture.Kind network) {
    return spec instanceof DataSpec.Conditional(Modality x, Modality condition)
            && (condition instanceof Modality.Nothing || condition instanceof Modality.Label)
        ? of(x, likelihood, network)
        : Fit.no("it learns p(x); it can leave labels aside, but no other condition");
  }

  /** p(x | condition), of a class, an image or a row of numbers. */
  public static Fit conditional(
      DataSpec spec, Likelihood.Choice likelihood, Architecture.Kind network) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))) {
      return Fit.no("it learns p(x | condition), not two sets without pairs");
    }
    return switch (condition) {
      case Modality.Label _, Modality.Image _, Modality.Tabular _ -> of(x, likelihood, network);
      case Modality.Nothing _ -> Fit.no("it learns p(x | condition), and there is no condition");
      case Modality.Text _, Modality.Audio _ ->
          Fit.no("it can be conditioned on classes and numbers alone");
    };
  }

  private static Fit of(Modality x, Likelihood.Choice likelihood, Architecture.Kind network) {
    return switch (x) {
      case Modality.Image(int _, int _, int _, int levels) ->
          switch (likelihood) {
            case AUTO, DISCRETIZED_LOGISTIC -> Fit.raw();
            case BERNOULLI ->
                levels == 2
                    ? Fit.raw()
                    : Fit.no(
                        "the Bernoulli likelihood needs 2 levels, these images have " + levels);
            case GAUSSIAN -> Fit.continuous();
          };
      case Modality.Tabular _ -> table(likelihood, network);
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("it learns images and tables");
    };
  }

  private static Fit table(Likelihood.Choice likelihood, Architecture.Kind network) {
    if (network == Architecture.Kind.CONV) {
      return Fit.no("convolutions need images; a table takes network: mlp");
    }
    return switch (likelihood) {
      case AUTO, GAUSSIAN -> Fit.continuous();
      case BERNOULLI, DISCRETIZED_LOGISTIC ->
          Fit.no("a table of real numbers needs the Gaussian likelihood");
    };
  }
}

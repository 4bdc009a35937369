package dev.assay.plugins.gan.network;

import dev.assay.spi.Modality;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** How data become the numbers that networks see, and back. */
public sealed interface DataForm {
  /** Shape of one example. */
  Shape item();

  /** x as data have it [n, item..] → the networks' numbers, same shape. */
  Tensor centred(Tensor x);

  /** What a generator's last layer gives [n, item..] → the networks' numbers, same shape. */
  Tensor bounded(Tensor y);

  /** The networks' numbers [n, item..] → as data have it, same shape. */
  Tensor data(Tensor y);

  /** The form of images or tables. */
  static DataForm of(Modality x) {
    return switch (x) {
      case Modality.Image image -> new Pixels(image);
      case Modality.Tabular(int columns) -> new Columns(columns);
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("neither images nor a table: " + x);
    };
  }

  /** Levels 0 … levels − 1; networks see [−1, 1]. */
  record Pixels(Modality.Image image) implements DataForm {
    @Override
    public Shape item() {
      return Shape.of(image.height(), image.width(), image.channels());
    }

    @Override
    public Tensor centred(Tensor x) {
      return x.mul(2f / (image.levels() - 1)).sub(1);
    }

    @Override
    public Tensor bounded(Tensor y) {
      return y.tanh();
    }

    /** To the nearest level. */
    @Override
    public Tensor data(Tensor y) {
      return y.add(1)
          .mul((image.levels() - 1) / 2f)
          .add(0.5f)
          .floor()
          .max(0)
          .min(image.levels() - 1);
    }
  }

  /** Standardised columns, which networks see as they are. */
  record Columns(int columns) implements DataForm {
    @Override
    public Shape item() {
      return Shape.of(columns);
    }

    @Override
    public Tensor centred(Tensor x) {
      return x;
    }

    @Override
    public Tensor bounded(Tensor y) {
      return y;
    }

    @Override
    public Tensor data(Tensor y) {
      return y;
    }
  }
}

package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A picture made of an image, for models of the image under the picture. */
sealed interface Picture {
  /**
   * The picture that the settings ask for; empty if the condition stays as it is.
   *
   * @throws ConfigException if it cannot be made of such data
   */
  static Optional<Picture> of(DataSpec given, PreprocessOptions options) {
    if (options.condition() == PreprocessOptions.Condition.GIVEN) {
      return Optional.empty();
    }
    if (!(given instanceof DataSpec.Conditional(Modality.Image image, _))) {
      throw new ConfigException(
          "condition",
          "only of one set of images pictures can be made, not of " + given,
          List.of("given"));
    }
    return Optional.of(
        options.condition() == PreprocessOptions.Condition.SMALL
            ? Small.of(image, options.block())
            : new TwoTone());
  }

  /** The same images under pictures of them. */
  default DataSpec.Conditional under(DataSpec.Conditional spec) {
    return new DataSpec.Conditional(spec.x(), form((Modality.Image) spec.x()));
  }

  /** The same images under pictures of them. */
  default Dataset under(Dataset dataset) {
    Modality.Image image = (Modality.Image) dataset.card().spec().x();
    UnaryOperator<Batch> made = batch -> new Batch(batch.x(), of(batch.dense(), image));
    return new Dataset(
        dataset.card(),
        made.apply(dataset.train()),
        dataset.valid().map(made),
        made.apply(dataset.test()),
        dataset.density(),
        dataset.factors());
  }

  /** {@code |key:value} of what is done. */
  String signature();

  /** What a picture of such images is. */
  Modality.Image form(Modality.Image image);

  /** The picture of each image. */
  Values.Dense of(Values.Dense images, Modality.Image image);

  /**
   * The mean of each block of pixels, rounded to a level: what super-resolution starts from.
   *
   * @param block side in pixels
   */
  record Small(int block) implements Picture {
    /**
     * @throws ConfigException if the blocks do not fill the image
     */
    static Small of(Modality.Image image, int block) {
      if (image.height() % block != 0 || image.width() % block != 0) {
        throw new ConfigException(
            "block",
            "'block' is "
                + block
                + ", but must divide both sides of the image, "
                + image.height()
                + " and "
                + image.width(),
            List.of());
      }
      return new Small(block);
    }

    @Override
    public String signature() {
      return "|condition:small-" + block;
    }

    @Override
    public Modality.Image form(Modality.Image image) {
      return new Modality.Image(
          image.height() / block, image.width() / block, image.channels(), image.levels());
    }

    @Override
    public Values.Dense of(Values.Dense images, Modality.Image image) {
      Modality.Image small = form(image);
      int channels = image.channels();
      float[] sums = new float[images.count() * small.size()];
      for (int i = 0; i < images.data().length; i++) {
        int at = i % image.size();
        int y = at / channels / image.width() / block;
        int x = at / channels % image.width() / block;
        int to = (y * small.width() + x) * channels + at % channels;
        sums[i / image.size() * small.size() + to] += images.data()[i];
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] = Math.round(sums[i] / (block * block));
      }
      return new Values.Dense(Shape.of(small.height(), small.width(), channels), sums);
    }
  }

  /** 1 where the level is at least half of all levels: what an edit of intensity starts from. */
  record TwoTone() implements Picture {
    @Override
    public String signature() {
      return "|condition:two_tone";
    }

    @Override
    public Modality.Image form(Modality.Image image) {
      return new Modality.Image(image.height(), image.width(), image.channels(), 2);
    }

    @Override
    public Values.Dense of(Values.Dense images, Modality.Image image) {
      float[] tones = new float[images.data().length];
      for (int i = 0; i < tones.length; i++) {
        tones[i] = images.data()[i] >= image.levels() / 2f ? 1 : 0;
      }
      return new Values.Dense(images.item(), tones);
    }
  }
}

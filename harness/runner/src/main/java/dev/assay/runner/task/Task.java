package dev.assay.runner.task;

import java.util.List;

/**
 * Something to do with a trained model. Stateless.
 *
 * @param <C> settings: a record whose components carry {@link dev.assay.spi.Param}
 */
public sealed interface Task<C extends Record>
    permits Augmentation,
        ClassSamples,
        ImageToImage,
        Inpainting,
        Interpolation,
        OutlierDetection,
        Reconstruction,
        StyleTransfer {
  /** Lower-case words joined by hyphens; unique. */
  String id();

  /** One line: what is done, and what the model needs for it. */
  String summary();

  /** Names of the values it may give. */
  List<String> numbers();

  Class<C> settingsType();

  /**
   * Does it. The same subject gives the same outcome.
   *
   * @param <S> sampler configuration of the model
   */
  <S extends Record> Outcome run(C settings, Subject<S> subject);

  /** All there are, by id. */
  static List<Task<?>> all() {
    return List.of(
        new Augmentation(),
        new ClassSamples(),
        new ImageToImage(),
        new Inpainting(),
        new Interpolation(),
        new OutlierDetection(),
        new Reconstruction(),
        new StyleTransfer());
  }
}

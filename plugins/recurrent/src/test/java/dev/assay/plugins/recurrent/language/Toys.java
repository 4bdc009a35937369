package dev.assay.plugins.recurrent.language;

import dev.assay.testkit.Toy;

/** What every recurrent language model is tested on. */
final class Toys {
  private Toys() {}

  static Toy[] all() {
    return new Toy[] {
      small(Toy.documents()).with("block", 8),
      small(Toy.stream())
          .with("block", 6)
          .with("layers", 2)
          .with("tied", true)
          .with("dropout", 0.1)
          .sampling("max_length", 3)
    };
  }

  private static Toy small(Toy toy) {
    return toy.with("width", 8).with("batch", 8).with("warmup", 3).with("learning_rate", 0.02);
  }
}

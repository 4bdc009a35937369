package dev.assay.data.files;

/** Is told how far a download has come. Called often, by another thread. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (file, done, total) -> {};

  /**
   * @param file such as {@code mnist/train-images-idx3-ubyte.gz}
   * @param done bytes so far; equal to {@code total} at the end
   * @param total bytes in all
   */
  void update(String file, long done, long total);
}

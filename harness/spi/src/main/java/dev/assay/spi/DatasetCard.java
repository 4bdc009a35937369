package dev.assay.spi;

import java.util.List;

/**
 * What a dataset is.
 *
 * @param id lower-case words joined by hyphens; unique
 * @param name full name
 * @param spec what its examples are before preprocessing
 * @param summary one line: counts and shape
 * @param license short name
 * @param citation who made it
 * @param split how train and test are told apart
 * @param sources files it needs; empty if it ships inside a jar
 */
public record DatasetCard(
    String id,
    String name,
    DataSpec spec,
    String summary,
    String license,
    String citation,
    String split,
    List<Source> sources) {
  public DatasetCard {
    sources = List.copyOf(sources);
  }

  /**
   * @param file path inside the dataset's folder, such as {@code train-images-idx3-ubyte.gz}; after
   *     a slash, inside that of another dataset: {@code /mnist/train-images-idx3-ubyte.gz}
   * @param url official address
   * @param sha256 hexadecimal, lower case
   * @param bytes size
   */
  public record Source(String file, String url, String sha256, long bytes) {
    /** The same file for a dataset that borrows it. */
    public Source ofDataset(String owner) {
      return new Source("/" + owner + "/" + file, url, sha256, bytes);
    }

    /** Path of the file below the folder of all datasets, for the dataset whose card this is on. */
    public String path(String dataset) {
      return file.startsWith("/") ? file.substring(1) : dataset + "/" + file;
    }
  }
}

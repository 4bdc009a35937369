package dev.assay.spi;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes datasets of a user's own files. Found by {@link java.util.ServiceLoader}; there is exactly
 * one. Stateless, cheap to create.
 *
 * @param <C> description of the files, the keys beside {@code split} and {@code preprocess} of a
 *     {@code data} entry that has a {@code path} and no {@code id}: a record whose components carry
 *     {@link Param}
 */
public interface OwnFiles<C extends Record> {
  Class<C> configType();

  /**
   * Reads the files whole. The card's id ends in a part of the content's hash, so that other
   * content is another dataset; its sources name the files with their hashes.
   *
   * @param folder where relative paths start
   * @throws ConfigException if the description is wrong or does not fit the files
   * @throws IOException if a file is missing or malformed; the message says which and where
   */
  Dataset load(C config, Path folder) throws IOException;
}

/**
 * Everything a plugin sees, and nothing else: models, datasets and metrics, the values that pass
 * between them and the harness, and typed configuration.
 *
 * <p>May import {@code dev.assay.tensor} and {@code dev.assay.nn}.
 */
@NullMarked
package dev.assay.spi;

import org.jspecify.annotations.NullMarked;

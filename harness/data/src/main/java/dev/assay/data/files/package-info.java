/**
 * Verified local copies of the catalogue's files: the cache, mirrors, downloads.
 *
 * <p>May import: the JDK, {@code dev.assay.data} and {@code dev.assay.spi}.
 */
@NullMarked
package dev.assay.data.files;

import org.jspecify.annotations.NullMarked;

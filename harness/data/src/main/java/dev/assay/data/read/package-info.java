/**
 * Readers of files: bounded, checked before they allocate, with errors that say where.
 *
 * <p>May import: the JDK with ImageIO, commons-csv, Jackson's parser and {@code dev.assay.spi} with
 * what that exposes.
 */
@NullMarked
package dev.assay.data.read;

import org.jspecify.annotations.NullMarked;

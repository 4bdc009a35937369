/**
 * The real datasets that ship with Assay: what they are, where they come from and how they are
 * split.
 *
 * <p>May import: the JDK, {@code dev.assay.data}, {@code dev.assay.data.read} and {@code
 * dev.assay.spi} with what that exposes.
 */
@NullMarked
package dev.assay.data.catalogue;

import org.jspecify.annotations.NullMarked;

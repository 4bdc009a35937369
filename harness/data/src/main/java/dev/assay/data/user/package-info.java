/**
 * A user's own files as datasets.
 *
 * <p>May import: the JDK, {@code dev.assay.data}, {@code dev.assay.data.read} and {@code
 * dev.assay.spi} with what that exposes.
 */
@NullMarked
package dev.assay.data.user;

import org.jspecify.annotations.NullMarked;

/**
 * Distributions in the plane that can be drawn from and whose densities are known, as datasets.
 *
 * <p>May import: the JDK and {@code dev.assay.spi} with what that exposes.
 */
@NullMarked
package dev.assay.data.synthetic;

import org.jspecify.annotations.NullMarked;

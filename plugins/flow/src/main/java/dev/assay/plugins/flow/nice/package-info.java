/**
 * NICE: additive couplings and one diagonal scaling. Dinh, Krueger and Bengio 2014.
 *
 * <p>May import: {@code dev.assay.plugins.flow}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.plugins.flow.nice;

import org.jspecify.annotations.NullMarked;

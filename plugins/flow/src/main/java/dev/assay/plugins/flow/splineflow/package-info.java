/**
 * Neural spline flow. Durkan, Bekasov, Murray and Papamakarios 2019.
 *
 * <p>May import: {@code dev.assay.plugins.flow}, {@code dev.assay.spi}, {@code dev.assay.nn} and
 * {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.plugins.flow.splineflow;

import org.jspecify.annotations.NullMarked;

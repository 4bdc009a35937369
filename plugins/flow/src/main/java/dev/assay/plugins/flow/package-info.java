/**
 * Normalizing flows: ln p(x) = ln p(z) + ln |det ∂z/∂x| for an invertible z = f(x). What the papers
 * share stands here: {@link dev.assay.plugins.flow.Transform}, the layers that more than one of
 * them uses, and the {@link dev.assay.plugins.flow.FlowModel} that trains, scores and samples any
 * of them. Each paper has a package of its own.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.flow;

import org.jspecify.annotations.NullMarked;

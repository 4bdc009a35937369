/**
 * The networks whose training and sampling steps are timed: the usual small generative models, each
 * with the sizes, the loss and the optimizer that its peer has in another framework.
 *
 * <p>May import: the engine's tensors, plans, layers and the cpu backend's provider.
 */
@NullMarked
package dev.assay.bench.steps;

import org.jspecify.annotations.NullMarked;

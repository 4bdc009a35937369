/**
 * The compiler that backends share: graph → fused kernels over strided views → phases and a memory
 * plan.
 *
 * <p>A backend lowers each {@link dev.assay.tensor.plan.Kernel} of a {@link
 * dev.assay.tensor.plan.Plan} in its own way. May import {@code dev.assay.tensor} only.
 */
@NullMarked
package dev.assay.tensor.plan;

import org.jspecify.annotations.NullMarked;

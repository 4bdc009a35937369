/** Probabilistic principal component analysis, in closed form. */
@NullMarked
package dev.assay.plugins.statistical.ppca;

import org.jspecify.annotations.NullMarked;

/** Gaussian copula of tables whose columns may be of any kind. */
@NullMarked
package dev.assay.plugins.statistical.copula;

import org.jspecify.annotations.NullMarked;

/** Kernel density estimation, the bandwidth by leave-one-out likelihood. */
@NullMarked
package dev.assay.plugins.statistical.kde;

import org.jspecify.annotations.NullMarked;

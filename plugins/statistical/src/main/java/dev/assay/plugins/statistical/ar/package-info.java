/** Linear autoregression of series. */
@NullMarked
package dev.assay.plugins.statistical.ar;

import org.jspecify.annotations.NullMarked;

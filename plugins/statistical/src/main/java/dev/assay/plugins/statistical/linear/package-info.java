/** Dense linear algebra in double precision, on row-major arrays. */
@NullMarked
package dev.assay.plugins.statistical.linear;

import org.jspecify.annotations.NullMarked;

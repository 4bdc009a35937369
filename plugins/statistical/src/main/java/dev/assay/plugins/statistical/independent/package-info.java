/** The floor: every pixel, column or token on its own. */
@NullMarked
package dev.assay.plugins.statistical.independent;

import org.jspecify.annotations.NullMarked;

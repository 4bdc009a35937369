/** n-gram model of text, by interpolated Kneser-Ney or add-k smoothing. */
@NullMarked
package dev.assay.plugins.statistical.ngram;

import org.jspecify.annotations.NullMarked;

/** Chow-Liu tree: the best tree of pairwise dependences between pixels. */
@NullMarked
package dev.assay.plugins.statistical.chowliu;

import org.jspecify.annotations.NullMarked;

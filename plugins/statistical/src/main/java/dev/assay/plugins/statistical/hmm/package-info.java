/** Hidden Markov models of texts and series, by Baum-Welch. */
@NullMarked
package dev.assay.plugins.statistical.hmm;

import org.jspecify.annotations.NullMarked;

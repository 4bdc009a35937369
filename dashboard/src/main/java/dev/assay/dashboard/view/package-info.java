/** What the API answers: boards, runs, curves, samples and comparisons as plain records. */
@NullMarked
package dev.assay.dashboard.view;

import org.jspecify.annotations.NullMarked;

/** Runs in progress: how far they are, and a stream of what changes. */
@NullMarked
package dev.assay.dashboard.live;

import org.jspecify.annotations.NullMarked;

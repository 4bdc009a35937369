/** Runs that were made elsewhere: received into quarantine, checked in full, then kept. */
@NullMarked
package dev.assay.dashboard.upload;

import org.jspecify.annotations.NullMarked;

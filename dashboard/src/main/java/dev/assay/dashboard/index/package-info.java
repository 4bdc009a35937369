/**
 * What stands in the runs of a folder, in a database that can be thrown away: it rebuilds itself
 * from the files.
 */
@NullMarked
package dev.assay.dashboard.index;

import org.jspecify.annotations.NullMarked;

/**
 * The leaderboard as a server: boards, runs and live events over the store, and uploads into it.
 *
 * <p>May import: the store, Vert.x, JDBC drivers with their pool, Jackson, commons-csv, the JDK's
 * image codecs.
 */
@NullMarked
package dev.assay.dashboard;

import org.jspecify.annotations.NullMarked;

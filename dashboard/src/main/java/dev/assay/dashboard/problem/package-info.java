/** What a client is told when something is wrong (RFC 9457). */
@NullMarked
package dev.assay.dashboard.problem;

import org.jspecify.annotations.NullMarked;

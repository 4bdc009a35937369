/** The whole program, as a user meets it. */
@NullMarked
package dev.assay.it;

import org.jspecify.annotations.NullMarked;

/** Bearer tokens: made, checked, revoked. Only their hashes are kept. */
@NullMarked
package dev.assay.dashboard.token;

import org.jspecify.annotations.NullMarked;

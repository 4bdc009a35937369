/** HTTP: routes, who may use them, limits, caching. Knows nothing of boards and runs. */
@NullMarked
package dev.assay.dashboard.http;

import org.jspecify.annotations.NullMarked;

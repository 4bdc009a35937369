package dev.assay.dashboard.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What this dashboard is.
 *
 * @param isStatic whether it is a folder of files, without a server
 * @param facets what there is to filter by
 * @param damaged one line for each run that cannot be read
 */
public record Site(
    String title,
    @JsonProperty("static") boolean isStatic,
    String version,
    boolean needsToken,
    long revision,
    long runs,
    long boards,
    long running,
    Map<String, List<String>> facets,
    List<String> damaged) {}

package dev.assay.dashboard.index;

import dev.assay.store.RunRecord;
import java.util.Optional;

/**
 * A run as it is put into the index.
 *
 * @param id unique
 * @param place of its store below the results folder, {@code /} between names
 * @param folder of the run itself below the results folder, or of the table it stands in
 * @param stamp changes when its file does
 * @param source {@code folder}, {@code upload} or {@code table}
 * @param started when it first began, RFC 3339
 * @param updated when its record was last written, RFC 3339
 */
record Entry(
    String id,
    String place,
    String folder,
    String stamp,
    String source,
    Optional<String> started,
    Optional<String> updated,
    RunRecord record) {}

package dev.assay.dashboard.index;

import dev.assay.store.Role;
import dev.assay.store.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A run as the index knows it.
 *
 * @param id unique here
 * @param run the hash of what determines its result
 * @param folder below the results folder
 * @param source {@code folder}, {@code upload} or {@code table}
 * @param commit null if unknown
 */
public record RunRow(
    String id,
    String run,
    String experiment,
    RunStatus status,
    String reason,
    String model,
    String params,
    String family,
    String dataset,
    String split,
    String backend,
    String device,
    String precision,
    long trainSeed,
    long sampleSeed,
    long steps,
    long examples,
    double seconds,
    @Nullable String started,
    @Nullable String updated,
    @Nullable String commit,
    String source,
    String folder,
    String entrant,
    String variant,
    Role role) {
  static final String COLUMNS =
      "r.id, r.run, r.experiment, r.status, r.reason, r.model, r.params, r.family, r.dataset,"
          + " r.split, r.backend, r.device, r.precision_, r.train_seed, r.sample_seed, r.steps,"
          + " r.examples, r.seconds, r.started, r.updated, r.commit_id, r.source, r.folder,"
          + " r.entrant, r.variant, r.role";

  static RunRow of(ResultSet row) throws SQLException {
    return new RunRow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        RunStatus.valueOf(row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getLong(14),
        row.getLong(15),
        row.getLong(16),
        row.getLong(17),
        row.getDouble(18),
        row.getString(19),
        row.getString(20),
        row.getString(21),
        row.getString(22),
        row.getString(23),
        row.getString(24),
        row.getString(25),
        Role.valueOf(row.getString(26)));
  }
}

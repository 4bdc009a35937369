package dev.assay.dashboard.upload;

import static dev.assay.dashboard.upload.Rejections.rejected;
import static dev.assay.dashboard.upload.Rejections.shown;

import dev.assay.dashboard.index.Names;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must be true of a record, whatever files lie beside it. */
final class RecordChecks {
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_METRICS = 2_000;
  private static final int MOST_FACTS = 500;
  private static final Pattern KIND = Pattern.compile("[a-z_]{1,30}(/[a-z_]{1,30})?");
  private static final Set<String> DIRECTIONS = Set.of("lower", "higher", "none");

  private RecordChecks() {}

  /**
   * @throws dev.assay.dashboard.problem.RefusedException if something is not, the hash of the
   *     configuration included
   */
  static void all(RunRecord record) {
    facts(record);
    if (!Names.run(record).equals(record.run())) {
      throw rejected(
          "run.json says that its run is "
              + shown(record.run())
              + ", but its configuration has the hash "
              + Names.run(record));
    }
  }

  private static void facts(RunRecord record) {
    if (record.schema() != RunRecord.SCHEMA) {
      throw rejected("run.json has schema " + record.schema() + ", not " + RunRecord.SCHEMA);
    }
    if (record.status() == null || record.status() == RunStatus.RUNNING) {
      throw rejected("its status is " + record.status() + "; send runs that have ended");
    }
    RunRecord.Subject s = record.subject();
    Stream.of(
            record.run(),
            record.training(),
            record.experiment(),
            record.reason(),
            s.model(),
            s.family(),
            s.dataset(),
            s.split(),
            s.backend(),
            s.device(),
            s.precision(),
            s.params())
        .forEach(RecordChecks::plain);
    if (record.metrics().size() > MOST_METRICS
        || record.provenance().size() > MOST_FACTS
        || record.hashes().size() > MOST_FACTS) {
      throw rejected("run.json has too many metrics, facts or hashes");
    }
    Stream.of(record.provenance(), record.hashes())
        .flatMap(map -> map.entrySet().stream())
        .flatMap(fact -> Stream.of(fact.getKey(), fact.getValue()))
        .forEach(RecordChecks::plain);
    record.flags().stream()
        .flatMap(flag -> Stream.of(flag.sampler(), flag.metric(), flag.reason()))
        .forEach(RecordChecks::plain);
    record.metrics().forEach(RecordChecks::metric);
    if (!Double.isFinite(record.progress().seconds()) || record.progress().seconds() < 0) {
      throw rejected("its seconds of training are " + record.progress().seconds());
    }
  }

  private static void metric(MetricRow m) {
    Stream.of(m.sampler(), m.metric(), m.unit(), m.signature()).forEach(RecordChecks::plain);
    if (m.kind() == null
        || !KIND.matcher(m.kind()).matches()
        || !DIRECTIONS.contains(m.direction())) {
      throw rejected(
          "metric "
              + shown(m.metric())
              + " has kind "
              + shown(String.valueOf(m.kind()))
              + " and direction "
              + shown(String.valueOf(m.direction()))
              + "; directions: lower, higher, none");
    }
    double low = m.low() == null ? m.value() : m.low();
    double high = m.high() == null ? m.value() : m.high();
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high || m.n() < 0) {
      throw rejected("metric " + shown(m.metric()) + " has an interval that is none");
    }
  }

  private static void plain(String text) {
    if (text == null || text.length() > LONGEST_TEXT) {
      throw rejected(
          "run.json lacks a text, or has one of more than " + LONGEST_TEXT + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw rejected("run.json has control characters in " + shown(text));
    }
  }
}

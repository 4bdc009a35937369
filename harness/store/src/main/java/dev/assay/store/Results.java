package dev.assay.store;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** {@code results.csv}: one row for each run and metric; a run without numbers has one row. */
final class Results {
  static final List<String> HEADER =
      List.of(
          "experiment",
          "run",
          "status",
          "model",
          "family",
          "dataset",
          "split",
          "backend",
          "device",
          "precision",
          "train_seed",
          "sample_seed",
          "params",
          "metric",
          "kind",
          "direction",
          "value",
          "ci_low",
          "ci_high",
          "n",
          "unit",
          "signature");

  private Results() {}

  static void write(Path file, List<RunRecord> records) throws IOException {
    table(
        file,
        HEADER,
        printer -> {
          for (RunRecord record : records) {
            if (record.metrics().isEmpty()) {
              printer.printRecord(row(record, null));
            }
            for (MetricRow metric : record.metrics()) {
              printer.printRecord(row(record, metric));
            }
          }
        });
  }

  /** Fills a table. */
  interface Rows {
    void print(CSVPrinter printer) throws IOException;
  }

  static void table(Path file, List<String> header, Rows rows) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader(header.toArray(String[]::new))
            .setRecordSeparator("\n")
            .get();
    AtomicFiles.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVPrinter printer = new CSVPrinter(writer, format);
          rows.print(printer);
          printer.flush();
        });
  }

  /** The {@code params} column: those of the model, and of the sampler where it plays a part. */
  static String params(RunRecord record, @Nullable MetricRow metric) {
    String model = record.subject().params();
    String sampler = metric == null ? "" : metric.sampler();
    return (model + " " + sampler).strip();
  }

  private static Object[] row(RunRecord record, @Nullable MetricRow metric) {
    RunRecord.Subject subject = record.subject();
    Object[] head = {
      record.experiment(),
      record.run(),
      record.status(),
      subject.model(),
      subject.family(),
      subject.dataset(),
      subject.split(),
      subject.backend(),
      subject.device(),
      subject.precision(),
      subject.trainSeed(),
      subject.sampleSeed(),
      params(record, metric)
    };
    Object[] row = java.util.Arrays.copyOf(head, HEADER.size());
    if (metric != null) {
      @Nullable Object[] tail = {
        metric.metric(),
        metric.kind(),
        metric.direction(),
        metric.value(),
        metric.low(),
        metric.high(),
        metric.n(),
        metric.unit(),
        metric.signature()
      };
      System.arraycopy(tail, 0, row, head.length, tail.length);
    }
    return row;
  }
}

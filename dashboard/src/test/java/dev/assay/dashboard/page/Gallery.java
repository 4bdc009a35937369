package dev.assay.dashboard.page;

import dev.assay.store.Flag;
import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A results folder with a little of everything that a page can show. On {@code digits}, lower is
 * better: {@code gmm} 18.0 and {@code gpt} 18.3 are tied, {@code independent} 25.0 is apart, {@code
 * vae} has a bound and samples that are flagged; {@code gpt} has two seeds; {@code gmm} ran on cpu
 * and jcuda. Two references have numbers of samples.
 *
 * @param naming applied to every text of a user: names, settings, reasons
 */
record Gallery(Path results, UnaryOperator<String> naming) {
  static final String GMM = "aaaaaaaaaaaa0001";
  static final String GMM_CUDA = "aaaaaaaaaaaa0002";
  static final String GPT = "aaaaaaaaaaaa0003";
  static final String GPT_2 = "aaaaaaaaaaaa0004";
  static final String INDEPENDENT = "aaaaaaaaaaaa0005";
  static final String VAE = "aaaaaaaaaaaa0006";
  static final String BROKEN = "aaaaaaaaaaaa0007";
  static final String SKIPPED = "aaaaaaaaaaaa0008";
  static final String PLANE = "aaaaaaaaaaaa0009";
  static final String OLD_GMM = "aaaaaaaaaaaa0010";
  static final String LIVE = "aaaaaaaaaaaa0011";
  static final String ATTAINABLE = "aaaaaaaaaaaa0012";
  static final String FLOOR = "aaaaaaaaaaaa0013";

  private static final String EXACT = "v1|method:exact|data:digits";
  private static final String IWAE = "v1|method:iwae|k:50|data:digits";

  static Gallery in(Path results) {
    return new Gallery(results, UnaryOperator.identity());
  }

  /** Writes all runs but the live one. */
  void write() throws IOException {
    Entry gmm = new Entry("gmm", "statistical", "digits", "components=8", "cpu", 1);
    done(GMM, gmm, likelihood("exact/mass", EXACT, 18.0, 0.4), 0.5, 60_000, 17_000);
    done(
        GMM_CUDA,
        gmm.on("jcuda"),
        likelihood("exact/mass", EXACT, 18.0, 0.4),
        0.1,
        900_000,
        17_000);
    Entry gpt = new Entry("gpt", "transformer", "digits", "layers=2 width=64", "cpu", 1);
    done(GPT, gpt, likelihood("exact/mass", EXACT, 18.25, 0.4), 15, 800, 103_000);
    done(GPT_2, gpt.seeded(2), likelihood("exact/mass", EXACT, 18.35, 0.4), 15.5, 790, 103_000);
    Entry independent = new Entry("independent", "statistical", "digits", "", "cpu", 1);
    done(INDEPENDENT, independent, likelihood("exact/mass", EXACT, 25.0, 0.3), 0.02, 100_000, 64);
    Entry vae = new Entry("vae", "vae", "digits", "latent=4", "cpu", 1);
    done(VAE, vae, likelihood("lower_bound/mass", IWAE, 19.0, 0.4), 2.2, 36_000, 51_000);
    ended(
        BROKEN,
        new Entry("maf", "flow", "digits", "", "cpu", 1),
        RunStatus.FAILED,
        "out of memory");
    ended(
        SKIPPED,
        new Entry("gan", "gan", "digits", "", "cpu", 1),
        RunStatus.SKIPPED,
        "it learns images");
    Entry plane = new Entry("gmm", "statistical", "plane", "", "cpu", 1);
    done(
        PLANE,
        plane,
        likelihood("exact/density", "v1|method:exact|data:plane", 0.32, 0.02),
        0.1,
        85_000,
        47);
    GalleryFiles.pictures(folder(GMM));
    GalleryFiles.pictures(folder(VAE));
    GalleryFiles.media(folder(GPT));
    GalleryFiles.points(folder(PLANE));
    references();
    flag(VAE, "3 of its samples are copies of training examples");
    old(gmm);
  }

  /** What is shown beside the models of {@code digits}, with numbers of samples alone. */
  private void references() throws IOException {
    reference(ATTAINABLE, "training examples", Role.ATTAINABLE, 0.02);
    reference(FLOOR, "independent coordinates", Role.FLOOR, 0.9);
  }

  private void reference(String run, String name, Role role, double value) throws IOException {
    Entry entry = new Entry(name, "reference", "digits", "", "", 1); // ran on no backend
    RunRecord plain =
        record(run, entry, RunStatus.DONE, "", List.of(ofSamples(value)), "2".repeat(40));
    folder(run).write(with(plain, role, List.of()));
    GalleryFiles.events(folder(run), "2026-11-21T10:00:00.000Z", "DONE");
  }

  /** Has the samples of a run unranked. */
  private void flag(String run, String reason) throws IOException {
    RunRecord plain = folder(run).read().orElseThrow();
    Flag flag = new Flag("", "copying", naming.apply(reason));
    folder(run).write(with(plain, Role.MODEL, List.of(flag)));
  }

  private static RunRecord with(RunRecord r, Role role, List<Flag> flags) {
    return new RunRecord(
        r.schema(),
        r.run(),
        r.training(),
        r.experiment(),
        r.status(),
        r.reason(),
        r.subject(),
        r.progress(),
        r.metrics(),
        r.hashes(),
        r.provenance(),
        r.config(),
        role,
        flags);
  }

  /** The same model at an earlier commit. */
  private void old(Entry gmm) throws IOException {
    RunFolder folder = new RunStore(results.resolve("runs/gallery-old")).run(OLD_GMM);
    List<MetricRow> numbers = List.of(likelihood("exact/mass", EXACT, 18.6, 0.4));
    folder.write(record(OLD_GMM, gmm, RunStatus.DONE, "", numbers, "1".repeat(40)));
    GalleryFiles.events(folder, "2026-11-01T10:00:00.000Z", "DONE");
  }

  record Entry(
      String model, String family, String dataset, String params, String backend, long seed) {
    Entry on(String other) {
      return new Entry(model, family, dataset, params, other, seed);
    }

    Entry seeded(long other) {
      return new Entry(model, family, dataset, params, backend, other);
    }
  }

  static MetricRow likelihood(String kind, String signature, double value, double half) {
    return new MetricRow(
        "",
        "nll",
        kind,
        "lower",
        value,
        value - half,
        value + half,
        359,
        "nats/example",
        signature);
  }

  private static MetricRow ofSamples(double value) {
    return new MetricRow(
        "", "c2st", "sample", "lower", value, null, null, 359, "1", "v1|n:359|data:digits");
  }

  private static MetricRow measured(String metric, String direction, String unit, double value) {
    return new MetricRow(
        "", metric, "measured", direction, value, null, null, 1, unit, "threads:2|jobs:1");
  }

  RunFolder folder(String run) {
    return new RunStore(results.resolve("runs/gallery")).run(run);
  }

  private void done(
      String run, Entry entry, MetricRow score, double seconds, double rate, double parameters)
      throws IOException {
    RunFolder folder = folder(run);
    List<MetricRow> numbers =
        List.of(
            score,
            ofSamples(0.2 + score.value() / 100),
            measured("train.seconds", "lower", "s", seconds),
            measured("sample.examples_per_second", "higher", "1/s", rate),
            measured("memory.peak_bytes", "lower", "B", 3e8 + 1e4 * parameters),
            measured("parameters", "none", "1", parameters));
    folder.write(record(run, entry, RunStatus.DONE, "", numbers, "2".repeat(40)));
    GalleryFiles.events(folder, "2026-11-21T10:00:00.000Z", "DONE");
    GalleryFiles.curves(folder, 60, score.value(), seconds);
  }

  private void ended(String run, Entry entry, RunStatus status, String reason) throws IOException {
    RunFolder folder = folder(run);
    folder.write(record(run, entry, status, naming.apply(reason), List.of(), "2".repeat(40)));
    GalleryFiles.events(folder, "2026-11-21T10:00:00.000Z", status.name());
    if (status == RunStatus.FAILED) {
      Files.writeString(folder.log(), naming.apply("java.lang.OutOfMemoryError: heap"));
    }
  }

  RunRecord record(
      String run,
      Entry entry,
      RunStatus status,
      String reason,
      List<MetricRow> numbers,
      String commit) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("jdk", naming.apply("25.0.3"));
    provenance.put("cpu", naming.apply("Xeon"));
    provenance.put("git.commit", commit);
    provenance.put("git.dirty", "false");
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(
        "model",
        Map.of(
            "id",
            naming.apply(entry.model()),
            "params",
            Map.of("note", naming.apply(entry.params()))));
    config.put("budget", Map.of("steps", 60));
    config.put("seed", entry.seed());
    RunRecord.Subject subject =
        new RunRecord.Subject(
            naming.apply(entry.model()),
            naming.apply(entry.family()),
            naming.apply(entry.dataset()),
            naming.apply("test"),
            naming.apply(entry.backend()),
            naming.apply(entry.backend()),
            naming.apply("fp32"),
            entry.seed(),
            1,
            entry.params().isEmpty() ? "" : naming.apply(entry.params()));
    RunRecord.Progress progress =
        status == RunStatus.DONE
            ? new RunRecord.Progress(60, 3840, 2, 0)
            : RunRecord.Progress.none();
    return new RunRecord(
        RunRecord.SCHEMA,
        run,
        "bbbbbbbbbbbbbbbb",
        naming.apply("gallery"),
        status,
        reason,
        subject,
        progress,
        numbers,
        Map.of("data", "c".repeat(64)),
        provenance,
        config);
  }
}

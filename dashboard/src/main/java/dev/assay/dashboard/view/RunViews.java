package dev.assay.dashboard.view;

import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.RunRow;
import dev.assay.dashboard.problem.Problem;
import dev.assay.dashboard.view.CurveFile.Curve;
import dev.assay.store.MetricRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of runs, and all that is known of one; see {@code openapi.yaml}. */
public final class RunViews {
  private static final int LOG_LINES = 200;
  private static final int LOG_BYTES = 64 << 10;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path root;
  private final String shown;
  private final Index index;

  /**
   * @param root the results folder
   * @param shown how commands name it
   */
  public RunViews(Path root, String shown, Index index) {
    this.root = root;
    this.shown = shown;
    this.index = index;
  }

  /** The answer of {@code /runs}. */
  public record RunList(List<RunSummary> runs, Page page) {}

  /** A number of a run. */
  public record Metric(
      String board,
      String sampler,
      String metric,
      String kind,
      String badge,
      String direction,
      double value,
      @Nullable Double low,
      @Nullable Double high,
      long n,
      String unit,
      String signature) {
    static Metric of(Index.RunMetric metric) {
      MetricRow m = metric.row();
      return new Metric(
          metric.board(),
          m.sampler(),
          m.metric(),
          m.kind(),
          Badges.of(m.kind()),
          m.direction(),
          m.value(),
          m.low(),
          m.high(),
          m.n(),
          m.unit(),
          m.signature());
    }
  }

  public record Log(List<String> lines, int skipped, @Nullable String error) {}

  public record Reproduce(@Nullable String command, String note) {}

  public record Seed(String id, long seed, String status) {}

  /** The answer of {@code /runs/ID}. */
  public record Run(
      RunSummary run,
      String folder,
      String training,
      int resumed,
      List<Metric> metrics,
      Map<String, Object> config,
      Map<String, String> provenance,
      Map<String, String> hashes,
      Log log,
      Reproduce reproduce,
      List<Seed> seeds,
      List<String> curves,
      int samples,
      @Nullable Object live) {}

  /** The answer of {@code /runs/ID/curves}. */
  public record Curves(String run, List<Curve> series) {}

  public RunList list(Index.Selection selection, int number, int size) throws IOException {
    long offset = size == Page.ALL ? 0 : (long) (number - 1) * size;
    Index.RunPage found = index.runs(selection, (int) Math.min(offset, Integer.MAX_VALUE), size);
    return new RunList(
        found.runs().stream().map(RunSummary::of).toList(), Page.of(number, size, found.total()));
  }

  /**
   * @throws dev.assay.dashboard.problem.RefusedException if there is no such run, or more than one
   */
  public RunRow row(String id) throws IOException {
    Optional<RunRow> run = index.run(id);
    if (run.isEmpty()) {
      throw Problem.notFound("there is no run '" + id + "'; GET /api/v1/runs lists them").refuse();
    }
    return run.get();
  }

  public static boolean changes(RunRow run) {
    return run.status() == RunStatus.RUNNING;
  }

  /**
   * @param live how far a run in progress is; null if it is over
   */
  public Run run(RunRow run, Function<String, @Nullable Object> live) throws IOException {
    RunFolder folder = folder(run);
    boolean table = isTable(run);
    Optional<RunRecord> record = table ? Optional.empty() : folder.read();
    return new Run(
        RunSummary.of(run),
        run.folder(),
        record.map(RunRecord::training).orElse(""),
        record.map(r -> r.progress().resumed()).orElse(0),
        index.metrics(run.id()).stream().map(Metric::of).toList(),
        record.map(RunRecord::config).orElse(Map.of()),
        record.map(RunRecord::provenance).orElse(Map.of()),
        record.map(RunRecord::hashes).orElse(Map.of()),
        table ? new Log(List.of(), 0, null) : log(folder),
        reproduce(run, table),
        index.seeds(run).stream()
            .map(s -> new Seed(s.id(), s.trainSeed(), s.status().name()))
            .toList(),
        table ? List.of() : List.copyOf(CurveFile.read(folder.curves()).keySet()),
        table ? 0 : SampleFiles.files(folder).size(),
        live.apply(run.id()));
  }

  private static boolean isTable(RunRow run) {
    return run.source().equals("table");
  }

  public Curves curves(RunRow run, int points) throws IOException {
    List<Curve> series = new ArrayList<>();
    if (!isTable(run)) {
      CurveFile.read(folder(run).curves())
          .forEach((name, all) -> series.add(CurveFile.thinned(name, all, points)));
    }
    return new Curves(run.id(), series);
  }

  public SampleFiles.Samples samples(RunRow run) throws IOException {
    return isTable(run)
        ? new SampleFiles.Samples(run.id(), List.of())
        : SampleFiles.of(run.id(), folder(run));
  }

  public RunFolder folder(RunRow run) {
    return new RunFolder(root.resolve(run.folder()));
  }

  private Reproduce reproduce(RunRow run, boolean table) {
    if (table) {
      return new Reproduce(null, "only its numbers are kept here, in " + run.folder());
    }
    String path = shown + "/" + run.folder();
    String quoted =
        path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    return new Reproduce(
        "assay reproduce " + quoted,
        "trains again from this record and compares: bit for bit on a CPU with the same code");
  }

  private static Log log(RunFolder folder) throws IOException {
    List<String> lines = new ArrayList<>();
    int skipped = 0;
    if (Files.isRegularFile(folder.events())) {
      String[] all = tail(folder.events(), LOG_BYTES * 4).split("\n");
      skipped = Math.max(0, all.length - LOG_LINES);
      for (int i = skipped; i < all.length; i++) {
        if (!all[i].isBlank()) {
          lines.add(readable(all[i]));
        }
      }
    }
    String error = Files.isRegularFile(folder.log()) ? tail(folder.log(), LOG_BYTES) : null;
    return new Log(lines, skipped, error);
  }

  private static String tail(Path file, int most) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      int size = (int) Math.min(most, in.length());
      byte[] bytes = new byte[size];
      in.seek(in.length() - size);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** An event as text: its time, its name, and its facts. */
  private static String readable(String line) {
    try {
      StringBuilder text = new StringBuilder();
      for (Map.Entry<String, JsonNode> fact : JSON.readTree(line).properties()) {
        String value = fact.getValue().asString(fact.getValue().toString());
        boolean head = fact.getKey().equals("time") || fact.getKey().equals("event");
        text.append(text.isEmpty() ? "" : " ")
            .append(head ? "" : fact.getKey() + "=")
            .append(value);
      }
      return text.toString();
    } catch (JacksonException e) {
      return line;
    }
  }
}

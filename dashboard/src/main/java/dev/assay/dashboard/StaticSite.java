package dev.assay.dashboard;

import dev.assay.dashboard.http.WebFiles;
import dev.assay.dashboard.index.Database;
import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.Indexer;
import dev.assay.dashboard.index.Measure;
import dev.assay.dashboard.index.RunRow;
import dev.assay.dashboard.view.Anytime;
import dev.assay.dashboard.view.BoardSummary;
import dev.assay.dashboard.view.Boards;
import dev.assay.dashboard.view.Frontier;
import dev.assay.dashboard.view.History;
import dev.assay.dashboard.view.KeptChanges;
import dev.assay.dashboard.view.Page;
import dev.assay.dashboard.view.RunViews;
import dev.assay.dashboard.view.SampleFiles;
import dev.assay.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the boards as a folder that a browser opens without a server: the files of the page, and
 * each answer of the API as a script, as {@code openapi.yaml} says.
 */
public final class StaticSite {
  private static final int CURVE_POINTS = 500;
  private static final int ANYTIME_ROWS = 8;

  private final Path target;
  private final DashboardOptions options;
  private final Index index;
  private final Boards boards;
  private final RunViews runs;
  private int files;

  private StaticSite(Path target, DashboardOptions options, Index index) throws IOException {
    this.target = target;
    this.options = options;
    this.index = index;
    long revision = index.revision();
    this.boards = new Boards(index, () -> revision);
    this.runs = new RunViews(options.results(), options.shown(), index);
  }

  /**
   * What was written.
   *
   * @param files of which {@code index.html} is where to start
   */
  public record Written(int boards, int runs, int files) {}

  /**
   * Writes the site; what stands in the folder under other names stays.
   *
   * @param target made if it is absent
   */
  public static Written write(DashboardOptions options, Path target) throws IOException {
    Dashboard.readable(options.results());
    try (Database database = Database.open(options.db(), options.state())) {
      Index index = new Index(database);
      new Indexer(options.results(), database).reconcile();
      return new StaticSite(target, options, index).all();
    }
  }

  private Written all() throws IOException {
    for (Map.Entry<String, byte[]> file : WebFiles.load().all().entrySet()) {
      put(target.resolve(file.getKey()), file.getValue());
    }
    data("site", SiteView.full(options, true, false, index, boards));
    data("docs", options.docs());
    List<BoardSummary> summaries = boards.summaries();
    data("boards", boards.list(Map.of(), List.of(), 1, Page.ALL));
    for (BoardSummary board : summaries) {
      board(board);
    }
    Index.Selection every = new Index.Selection(Map.of(), List.of(), "updated", true);
    data("runs", runs.list(every, 1, Page.ALL));
    List<RunRow> rows = index.runs(every, 0, Page.ALL).runs();
    for (RunRow run : rows) {
      run(run);
    }
    return new Written(summaries.size(), rows.size(), files);
  }

  private void board(BoardSummary board) throws IOException {
    String path = "boards/" + board.id();
    var rows = boards.rows(board.id());
    data(path, boards.board(board.id(), Boards.Selection.all(), 1, Page.ALL));
    data(path + "/frontier", Frontier.of(board, rows, Measure.SAMPLE_RATE));
    data(path + "/anytime", Anytime.of(board, rows, Optional.empty(), ANYTIME_ROWS, runs));
    data(
        path + "/history",
        History.of(board, index.values(board.id()), List.of(), new KeptChanges()));
  }

  private void run(RunRow run) throws IOException {
    String path = "runs/" + run.id();
    data(path, runs.run(run, id -> null));
    data(path + "/curves", runs.curves(run, CURVE_POINTS));
    data(path + "/samples", runs.samples(run));
    if (run.source().equals("table")) {
      return;
    }
    for (Path sample : SampleFiles.files(runs.folder(run))) {
      Path copy = target.resolve("data/" + path + "/samples/" + sample.getFileName());
      Files.createDirectories(copy.resolveSibling("."));
      Files.copy(sample, copy, StandardCopyOption.REPLACE_EXISTING);
      files++;
    }
  }

  private void data(String path, Object value) throws IOException {
    put(
        target.resolve("data/" + path + ".js"),
        Content.assignment(path, value).getBytes(StandardCharsets.UTF_8));
  }

  private void put(Path file, byte[] content) throws IOException {
    AtomicFiles.createFolders(file.toAbsolutePath().normalize().resolveSibling("").normalize());
    Files.write(file, content);
    files++;
  }
}

package dev.assay.dashboard;

import dev.assay.dashboard.http.Access;
import dev.assay.dashboard.http.Endpoint;
import dev.assay.dashboard.http.Endpoint.Answer;
import dev.assay.dashboard.http.Endpoint.Computed;
import dev.assay.dashboard.http.Query;
import dev.assay.dashboard.http.Reply;
import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.Measure;
import dev.assay.dashboard.index.RunRow;
import dev.assay.dashboard.live.LiveRun;
import dev.assay.dashboard.live.Watch;
import dev.assay.dashboard.problem.Problem;
import dev.assay.dashboard.view.Anytime;
import dev.assay.dashboard.view.BoardCsv;
import dev.assay.dashboard.view.Boards;
import dev.assay.dashboard.view.Comparison;
import dev.assay.dashboard.view.Frontier;
import dev.assay.dashboard.view.History;
import dev.assay.dashboard.view.KeptChanges;
import dev.assay.dashboard.view.RunViews;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations of {@code openapi.yaml} that answer with JSON or text. */
final class Api {
  private static final List<String> RUN_FILTERS =
      List.of("status", "dataset", "model", "family", "backend", "experiment");
  private static final List<String> ROW_FILTERS =
      List.of("family", "backend", "precision", "experiment");
  private static final List<String> RUN_SORTS =
      List.of("updated", "started", "model", "dataset", "experiment", "status", "seconds");
  private static final List<String> PAGED = List.of("q", "sort", "order", "page", "size");
  private static final String ROOT = "/api/v1";
  private static final int MOST = 1_000;
  private static final int PAGE = 100;
  private static final int LAST_PAGE = 1_000_000;

  private final Index index;
  private final Boards boards;
  private final RunViews runs;
  private final Watch watch;
  private final KeptChanges changes = new KeptChanges();

  Api(Index index, Boards boards, RunViews runs, Watch watch) {
    this.index = index;
    this.boards = boards;
    this.runs = runs;
    this.watch = watch;
  }

  /** What is made for a query, and may fail. */
  @FunctionalInterface
  private interface Making<T> {
    T of(Query query) throws IOException;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get(
            "boards",
            "/boards",
            List.of("dataset", "metric", "q", "page", "size"),
            this::boardList),
        ofBoard("board", "", join(ROW_FILTERS, PAGED), this::board),
        ofBoard("boardCsv", "/csv", List.of(), this::csv),
        ofBoard("frontier", "/frontier", List.of("x"), this::frontier),
        ofBoard("anytime", "/anytime", List.of("name", "top"), this::anytime),
        ofBoard("history", "/history", List.of("q"), this::history),
        get("runs", "/runs", join(RUN_FILTERS, PAGED), this::runList),
        ofRun("run", "", List.of(), this::run),
        ofRun("curves", "/curves", List.of("points"), this::curves),
        ofRun("samples", "/samples", List.of(), this::samples),
        get("compare", "/compare", List.of("run"), this::compare),
        get("live", "/live", List.of(), query -> Answer.brief(Reply.json(watch.live()))));
  }

  private static Endpoint get(
      String id, String path, List<String> parameters, Making<Answer> making) {
    return Endpoint.get(id, ROOT + path, Access.READ, parameters, function(making));
  }

  private static <T> Function<Query, T> function(Making<T> making) {
    return query -> {
      try {
        return making.of(query);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Of a board: it stays the same until runs of the board's dataset change. */
  private Endpoint ofBoard(String id, String path, List<String> parameters, Making<Answer> making) {
    Function<Query, Long> version = function(query -> boards.changed(query.path("board")));
    return Endpoint.get(
        id,
        ROOT + "/boards/{board}" + path,
        Access.READ,
        parameters,
        version::apply,
        function(making));
  }

  /** Of a run: it stays the same until runs of the same dataset change, the run itself included. */
  private Endpoint ofRun(String id, String path, List<String> parameters, Making<Answer> making) {
    Function<Query, Long> version =
        function(query ->
            boards.datasetChanged(runs.row(query.path("run")).dataset()).orElse(Computed.UNKNOWN));
    return Endpoint.get(
        id, ROOT + "/runs/{run}" + path, Access.READ, parameters, version::apply, function(making));
  }

  private static List<String> join(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  private Answer boardList(Query query) throws IOException {
    return lasting(
        boards.list(
            filters(query, List.of("dataset", "metric")), words(query), page(query), size(query)));
  }

  private Answer board(Query query) throws IOException {
    Boards.Selection selection =
        new Boards.Selection(
            filters(query, ROW_FILTERS),
            words(query),
            query.choice("sort", Boards.SORTS).orElse("rank"),
            isDescending(query, false));
    return lasting(boards.board(query.path("board"), selection, page(query), size(query)));
  }

  private Answer csv(Query query) throws IOException {
    String id = query.path("board");
    var board = boards.summary(id);
    String name = (board.dataset() + "-" + board.metric()).replaceAll("[^A-Za-z0-9.-]", "-");
    byte[] body =
        BoardCsv.of(board, boards.rows(id)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Map<String, String> headers =
        Map.of("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
    return Answer.lasting(Reply.of(200, "text/csv", body, headers));
  }

  private Answer frontier(Query query) throws IOException {
    String id = query.path("board");
    Measure measure =
        query.choice("x", Measure.keys()).flatMap(Measure::byKey).orElse(Measure.SAMPLE_RATE);
    return lasting(Frontier.of(boards.summary(id), boards.rows(id), measure));
  }

  private Answer anytime(Query query) throws IOException {
    String id = query.path("board");
    return lasting(
        Anytime.of(
            boards.summary(id),
            boards.rows(id),
            query.text("name"),
            query.number("top", 1, 20, 8),
            runs));
  }

  private Answer history(Query query) throws IOException {
    String id = query.path("board");
    return lasting(History.of(boards.summary(id), index.values(id), words(query), changes));
  }

  private Answer runList(Query query) throws IOException {
    query.choice("status", Arrays.stream(RunStatus.values()).map(Enum::name).toList());
    String sort = query.choice("sort", RUN_SORTS).orElse("updated");
    boolean time = sort.equals("updated") || sort.equals("started");
    Index.Selection selection =
        new Index.Selection(
            filters(query, RUN_FILTERS), words(query), sort, isDescending(query, time));
    return lasting(runs.list(selection, page(query), size(query)));
  }

  private Answer run(Query query) throws IOException {
    RunRow run = runs.row(query.path("run"));
    return answer(run, Reply.json(runs.run(run, this::live)));
  }

  private @Nullable LiveRun live(String id) {
    return watch.live().running().stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private Answer curves(Query query) throws IOException {
    RunRow run = runs.row(query.path("run"));
    return answer(run, Reply.json(runs.curves(run, query.number("points", 10, 5_000, 500))));
  }

  private Answer samples(Query query) throws IOException {
    RunRow run = runs.row(query.path("run"));
    return answer(run, Reply.json(runs.samples(run)));
  }

  private Answer compare(Query query) throws IOException {
    List<String> ids = query.all("run");
    if (ids.size() < 2 || ids.size() > 6 || ids.stream().distinct().count() < ids.size()) {
      throw Problem.badParameter(
              "run",
              "run is given "
                  + ids.size()
                  + " times; compare from 2 to 6 different runs: ?run=A&run=B",
              List.of())
          .refuse();
    }
    List<RunRow> found = new java.util.ArrayList<>();
    for (String id : ids) {
      found.add(runs.row(id));
    }
    Reply reply = Reply.json(Comparison.of(found, index, runs));
    return found.stream().anyMatch(RunViews::changes) ? Answer.brief(reply) : Answer.lasting(reply);
  }

  private static Answer answer(RunRow run, Reply reply) {
    return RunViews.changes(run) ? Answer.brief(reply) : Answer.lasting(reply);
  }

  private static Answer lasting(Object value) {
    return Answer.lasting(Reply.json(value));
  }

  private static Map<String, String> filters(Query query, List<String> names) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (String name : names) {
      Optional<String> value = query.text(name);
      value.ifPresent(v -> filters.put(name, v));
    }
    return filters;
  }

  private static List<String> words(Query query) {
    return query
        .text("q")
        .map(text -> Arrays.stream(text.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList())
        .orElse(List.of());
  }

  private static boolean isDescending(Query query, boolean standard) {
    return query
        .choice("order", List.of("asc", "desc"))
        .map(order -> order.equals("desc"))
        .orElse(standard);
  }

  private static int page(Query query) {
    return query.number("page", 1, LAST_PAGE, 1);
  }

  private static int size(Query query) {
    return query.number("size", 1, MOST, PAGE);
  }
}

package dev.assay.dashboard;

import dev.assay.dashboard.http.Access;
import dev.assay.dashboard.http.Endpoint;
import dev.assay.dashboard.http.Endpoint.Answer;
import dev.assay.dashboard.http.Endpoint.Direct;
import dev.assay.dashboard.http.Json;
import dev.assay.dashboard.http.Reply;
import dev.assay.dashboard.index.Database;
import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.Indexer;
import dev.assay.dashboard.index.RunRow;
import dev.assay.dashboard.live.EventStream;
import dev.assay.dashboard.live.LiveRun;
import dev.assay.dashboard.live.Watch;
import dev.assay.dashboard.upload.Intake;
import dev.assay.dashboard.upload.Receiver;
import dev.assay.dashboard.view.Boards;
import dev.assay.dashboard.view.RunSummary;
import dev.assay.dashboard.view.RunViews;
import dev.assay.dashboard.view.Site;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a server serves: the index, the watch over the runs, and the operations on them. */
final class Content implements AutoCloseable {
  private static final Duration FILE_TIME = Duration.ofMinutes(5);

  private final DashboardOptions options;
  private final boolean openRead;
  private final Database database;
  private final Index index;
  private final Watch watch;
  private final EventStream events;
  private final Boards boards;
  private final RunViews runs;
  private final Receiver receiver;
  private final AtomicBoolean preparing = new AtomicBoolean();

  private Content(DashboardOptions options, boolean openRead, Database database)
      throws IOException {
    this.options = options;
    this.openRead = openRead;
    this.database = database;
    this.index = new Index(database);
    Indexer indexer = new Indexer(options.results(), database);
    this.watch = new Watch(options.results(), index, indexer, new Listener());
    this.events = new EventStream(options.limits().streams(), () -> Json.text(watch.live()));
    this.boards = new Boards(index, watch::revision);
    this.runs = new RunViews(options.results(), options.shown(), index);
    Intake intake = new Intake(options.results(), options.state());
    this.receiver = new Receiver(intake, options.limits(), watch::look);
  }

  /**
   * @param openRead whether reading needs no token
   */
  static Content open(DashboardOptions options, boolean openRead) throws IOException {
    Database database = Database.open(options.db(), options.state());
    try {
      return new Content(options, openRead, database);
    } catch (IOException e) {
      database.close();
      throw e;
    }
  }

  void start() {
    watch.start();
  }

  long revision() {
    return watch.revision();
  }

  /** Whether every run was looked at since the start. */
  boolean isSettled() {
    return watch.isSettled();
  }

  /** What there is to do every few seconds. */
  void heartbeat() {
    events.heartbeat();
    if (watch.isSettled() && preparing.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::prepare);
    }
  }

  private void prepare() {
    try {
      boards.prepare();
    } catch (IOException | RuntimeException e) {
      System.getLogger(Content.class.getName())
          .log(System.Logger.Level.DEBUG, "boards are made when they are asked for", e);
    } finally {
      preparing.set(false);
    }
  }

  List<Endpoint> endpoints() {
    Reply openApi = resource("/openapi.yaml", "application/yaml");
    Reply docs = Reply.json(options.docs());
    List<Endpoint> all = new ArrayList<>(new Api(index, boards, runs, watch).endpoints());
    all.add(get("openapi", "/api/v1/openapi.yaml", Access.READ, openApi));
    all.add(get("docs", "/api/v1/docs", Access.READ, docs));
    all.add(
        Endpoint.get(
            "site",
            "/api/v1/site",
            Access.READ,
            List.of(),
            q -> Answer.lasting(Reply.json(site()))));
    all.add(
        Endpoint.get("siteScript", "/data/site.js", Access.PUBLIC, List.of(), q -> siteScript()));
    all.add(
        new Endpoint(
            "sampleFile",
            HttpMethod.GET,
            "/api/v1/runs/{run}/samples/{file}",
            Access.READ,
            List.of(),
            new Direct(FILE_TIME, new SampleDownload(runs)::send)));
    all.add(
        new Endpoint(
            "events",
            HttpMethod.GET,
            "/api/v1/events",
            Access.READ,
            List.of("lastEventId"),
            new Direct(
                Duration.ZERO,
                (context, query, identity) -> {
                  String header = context.request().getHeader("Last-Event-ID");
                  events.join(
                      context, Optional.ofNullable(header).or(() -> query.text("lastEventId")));
                })));
    all.add(
        new Endpoint(
            "upload",
            HttpMethod.POST,
            "/api/v1/results",
            Access.UPLOAD,
            List.of(),
            new Direct(options.limits().upload(), receiver::receive)));
    return all;
  }

  private static Endpoint get(String id, String path, Access access, Reply reply) {
    return Endpoint.get(id, path, access, List.of(), query -> Answer.lasting(reply));
  }

  private Site site() {
    try {
      return SiteView.full(options, false, !openRead, index, boards);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page begins with it, before it has a token to show. */
  private Answer siteScript() {
    Site site = openRead ? site() : SiteView.closed(options);
    return Answer.lasting(Reply.text("text/javascript", assignment("site", site)));
  }

  /** A response as a script, for pages that cannot fetch. */
  static String assignment(String path, Object value) {
    return "(globalThis.assayData ??= {})[" + Json.text(path) + "] = " + Json.text(value) + ";\n";
  }

  static Reply resource(String name, String mediaType) {
    try (InputStream in = Content.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing in this build: " + name);
      }
      return Reply.of(mediaType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    watch.close();
    database.close();
  }

  /** Tells the readers of events. */
  private final class Listener implements Watch.Listener {
    @Override
    public void progress(List<LiveRun> runs) {
      events.publish("progress", runs.stream().map(Json::text).toList());
    }

    @Override
    public void ended(RunRow run) {
      events.publish("ended", Json.text(RunSummary.of(run)));
    }

    @Override
    public void changed(long revision) {
      events.publish("index", Json.text(Map.of("revision", revision)));
    }
  }
}

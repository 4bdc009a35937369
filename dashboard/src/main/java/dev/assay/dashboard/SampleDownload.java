package dev.assay.dashboard;

import dev.assay.dashboard.http.Identity;
import dev.assay.dashboard.http.Query;
import dev.assay.dashboard.http.Sender;
import dev.assay.dashboard.index.RunRow;
import dev.assay.dashboard.problem.Problem;
import dev.assay.dashboard.view.RunViews;
import dev.assay.dashboard.view.SampleFiles;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends files of samples as they are, whole or in part. */
final class SampleDownload {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,15})-(\\d{0,15})");

  private final RunViews runs;

  SampleDownload(RunViews runs) {
    this.runs = runs;
  }

  private record Found(Path path, String mediaType, long bytes, String etag) {}

  void send(RoutingContext context, Query query, Identity identity) {
    HttpServerRequest request = context.request();
    context
        .vertx()
        .executeBlocking(() -> find(query.path("run"), query.path("file")), false)
        .onSuccess(found -> send(request, found))
        .onFailure(thrown -> Sender.send(request, thrown));
  }

  private Found find(String id, String name) throws IOException {
    RunRow run = runs.row(id);
    var mediaType = SampleFiles.mediaType(name);
    Optional<Path> file =
        run.source().equals("table")
            ? Optional.empty()
            : SampleFiles.files(runs.folder(run)).stream()
                .filter(one -> name.equals(String.valueOf(one.getFileName())))
                .findFirst();
    if (mediaType.isEmpty() || file.isEmpty()) {
      throw Problem.notFound("run " + run.id() + " has no such file of samples").refuse();
    }
    Path path = file.get();
    long bytes = Files.size(path);
    String etag =
        "W/\"" + Long.toHexString(Files.getLastModifiedTime(path).toMillis()) + "-" + bytes + "\"";
    return new Found(path, mediaType.get(), bytes, etag);
  }

  private static void send(HttpServerRequest request, Found file) {
    HttpServerResponse response = request.response();
    response
        .putHeader("ETag", file.etag())
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Accept-Ranges", "bytes");
    if (file.etag().equals(request.getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(
        "Content-Type",
        file.mediaType().startsWith("text/")
            ? file.mediaType() + "; charset=utf-8"
            : file.mediaType());
    long from = 0;
    long to = file.bytes() - 1;
    String range = request.getHeader("Range");
    Matcher asked = RANGE.matcher(range == null ? "" : range);
    if (asked.matches()) {
      from = Long.parseLong(asked.group(1));
      to = asked.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(asked.group(2)));
      if (from > to) {
        response.putHeader("Content-Range", "bytes */" + file.bytes()).setStatusCode(416).end();
        return;
      }
      response
          .setStatusCode(206)
          .putHeader("Content-Range", "bytes " + from + "-" + to + "/" + file.bytes());
    }
    response.sendFile(file.path().toString(), from, to - from + 1);
  }
}

package dev.assay.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** All that a browser with an empty cache loads before it has drawn the leaderboard. */
public final class FirstPage {
  private static final Pattern LINK =
      Pattern.compile("(?:src|href)=\"([^\"#]+)\"|url\\(\"?([^\")]+)");

  private final TestServer server;
  private final Set<String> paths = new LinkedHashSet<>();
  private long bytes;

  private FirstPage(TestServer server) {
    this.server = server;
  }

  /** Bytes of all bodies, compressed as they are sent. */
  public static long bytes(TestServer server) throws IOException {
    FirstPage page = new FirstPage(server);
    page.load("/");
    JsonNode site = server.json("/api/v1/site");
    String dataset = site.get("facets").get("datasets").get(0).asString();
    String list = "/api/v1/boards?dataset=" + dataset + "&size=1000";
    page.load(list);
    JsonNode boards = server.json(list).get("boards");
    for (JsonNode board : boards) {
      if (board.get("metric").equals(boards.get(0).get("metric"))) {
        page.load("/api/v1/boards/" + board.get("id").asString() + "?size=300");
      }
    }
    return page.bytes;
  }

  /** Loads a file, and those that it names. */
  private void load(String path) throws IOException {
    if (!paths.add(path)) {
      return;
    }
    HttpResponse<byte[]> response =
        server.send(HttpRequest.newBuilder(server.uri(path)).header("Accept-Encoding", "gzip"));
    if (response.statusCode() != 200) {
      throw new IOException(path + " → " + response.statusCode());
    }
    bytes += response.body().length;
    if (path.endsWith("/") || path.endsWith(".css")) {
      Matcher link = LINK.matcher(text(response));
      while (link.find()) {
        String target = link.group(1) == null ? link.group(2) : link.group(1);
        load(URI.create(path).resolve(target).getPath());
      }
    }
  }

  private static String text(HttpResponse<byte[]> response) throws IOException {
    if (response.headers().firstValue("Content-Encoding").isEmpty()) {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

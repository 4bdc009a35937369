package dev.assay.dashboard.page;

import dev.assay.dashboard.http.WebFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The page's files in a folder, with the data of a published site that holds nothing. */
final class WebFolder {
  private static final String SITE =
      """
      (globalThis.assayData ??= {})["site"] = {"title": "nothing", "static": true, "version": "0",
        "needsToken": false, "revision": 0, "runs": 0, "boards": 0, "running": 0, "damaged": [],
        "facets": {"datasets": [], "models": [], "families": [], "backends": [], "precisions": [],
          "experiments": [], "statuses": [], "metrics": []}};
      """;

  private WebFolder() {}

  /** Writes them. @return the address of the page */
  static String write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : WebFiles.load().all().entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/site.js"), SITE, StandardCharsets.UTF_8);
    return folder.resolve("index.html").toUri().toString();
  }
}

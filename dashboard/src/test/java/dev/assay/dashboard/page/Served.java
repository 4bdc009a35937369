package dev.assay.dashboard.page;

import java.io.IOException;
import java.nio.file.Path;

/** A server of a results folder, for one browser. */
final class Served implements AutoCloseable {
  private final Process mock;

  private Served(Process mock) {
    this.mock = mock;
  }

  static Served start(Path results) throws IOException {
    Process p =
        new ProcessBuilder(
                "node",
                "/tmp/pagemock/mock.mjs",
                "/work/wt/page/dashboard/src/main/resources/web",
                results.resolve("runs/gallery").toString(),
                "8097",
                "plain")
            .inheritIO()
            .start();
    try {
      Thread.sleep(1500);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return new Served(p);
  }

  String address() {
    return "http://localhost:8097/";
  }

  @Override
  public void close() {
    mock.destroy();
  }
}

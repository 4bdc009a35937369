package dev.assay.dashboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** axe-core's rules of accessibility, run in the page. */
final class Axe {
  private static final String SCRIPT = script();

  private Axe() {}

  /** Violations of serious or critical impact on the page shown now. */
  static List<String> serious(Browser browser) {
    browser.js(SCRIPT);
    Object found =
        browser.later(
            """
            const done = arguments[0];
            axe.run().then(({violations}) => done(violations
              .filter(({impact}) => impact === "serious" || impact === "critical")
              .map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 200)).join(" | ")}`)));
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

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

  /**
   * Violations of serious or critical impact on the page shown now.
   *
   * @param rules those to run; none for all
   */
  static List<String> serious(Browser browser, String... rules) {
    if (browser.js("return typeof axe").equals("undefined")) {
      browser.js(SCRIPT);
    }
    Object found =
        browser.later(
            """
            const [rules, done] = arguments;
            axe.run(document, rules.length > 0 ? {runOnly: rules} : {}).then(({violations}) => done(violations
              .filter(({impact}) => impact === "serious" || impact === "critical")
              .map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 200)).join(" | ")}`)));
            """,
            List.of(rules));
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

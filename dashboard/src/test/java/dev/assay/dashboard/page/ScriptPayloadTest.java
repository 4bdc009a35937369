package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Flag;
import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Whatever stands in a text field of a run is shown as text. */
class ScriptPayloadTest {
  private static final List<String> SCRIPTS =
      List.of(
          "<script>pwned=1</script>",
          "<img src=x onerror=pwned=1>",
          "<svg onload=pwned=1>",
          "<svg><script>pwned=1</script></svg>",
          "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
          "<body onload=pwned=1>",
          "<details open ontoggle=pwned=1>x</details>",
          "<input autofocus onfocus=pwned=1>",
          "<video><source onerror=pwned=1></video>",
          "<a href='javascript:pwned=1'>x</a>",
          "<math><mi xlink:href='javascript:pwned=1'>x</mi></math>",
          "<style>@import 'javascript:pwned=1'</style>",
          "<link rel=stylesheet href=javascript:pwned=1>",
          "<base href='javascript:pwned=1//'>",
          "<object data='javascript:pwned=1'></object>",
          "<form action='javascript:pwned=1'><button>x</button></form>",
          "<meta http-equiv=refresh content='0;url=javascript:pwned=1'>",
          "<template><script>pwned=1</script></template>",
          "javascript:pwned=1",
          "${pwned=1}",
          "{{constructor.constructor('pwned=1')()}}",
          "\u2028;pwned=1;//",
          "\\u003cscript\\u003epwned=1\\u003c/script\\u003e",
          "&lt;script&gt;pwned=1&lt;/script&gt;",
          "%3Cscript%3Epwned=1%3C%2Fscript%3E");

  /** What a payload may try to end before it begins. */
  private static final List<String> ESCAPES =
      List.of("", "\">", "'>", "</script></title></textarea>");

  /** Pages to a script: few enough for its time on a busy machine. */
  private static final int AT_ONCE = 10;

  /** Names of folders are texts too. */
  private static final String FOLDER = "<img src=x onerror=pwned=1>";

  @TempDir Path folder;

  @Test
  void noneOfAHundredPayloadsInEveryTextFieldRuns() throws IOException {
    List<String> payloads = payloads();
    assertThat(payloads).hasSize(100).doesNotHaveDuplicates();
    Path results = folder.resolve("results");
    for (int i = 0; i < payloads.size(); i++) {
      write(results, i, payloads.get(i));
    }
    Path damaged = results.resolve("runs/" + FOLDER + "/runs/" + FOLDER);
    Files.writeString(Files.createDirectories(damaged).resolve("run.json"), "{");
    try (Browser browser = Browser.start(folder);
        Served served = Served.start(results)) {
      browser.open(served.address());
      browser.see("h1");
      assertThat(all(browser, payloads)).isEmpty();
      assertThat(browser.js("return typeof pwned")).isEqualTo("undefined");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static List<String> payloads() {
    List<String> payloads = new ArrayList<>();
    for (String escape : ESCAPES) {
      for (String script : SCRIPTS) {
        payloads.add(escape + script);
      }
    }
    return payloads;
  }

  private static String run(int i) {
    return String.format(Locale.ROOT, "cccccccccccc%04d", i);
  }

  /** One run that has the payload wherever a text can stand. */
  private static void write(Path results, int i, String payload) throws IOException {
    Gallery gallery = new Gallery(results, text -> payload);
    RunFolder folder = gallery.folder(run(i));
    var entry = new Gallery.Entry("model", "family", "dataset", "params", "cpu", 1);
    boolean done = i % 5 != 0;
    RunRecord plain =
        gallery.record(
            run(i),
            entry,
            done ? RunStatus.DONE : RunStatus.FAILED,
            done ? "" : payload,
            done ? numbers(i, payload) : List.of(),
            payload);
    folder.write(
        new RunRecord(
            plain.schema(),
            plain.run(),
            payload,
            plain.experiment(),
            plain.status(),
            plain.reason(),
            plain.subject(),
            plain.progress(),
            plain.metrics(),
            Map.of(payload, payload),
            with(plain.provenance(), payload),
            with(plain.config(), payload),
            Role.MODEL,
            List.of(new Flag(payload, "c2st", payload))));
    Files.writeString(
        folder.events(),
        JsonMapper.shared().writeValueAsString(Map.of("event", payload, payload, payload)) + "\n");
    Files.writeString(
        folder.curves(), "step,examples,seconds,name,value\n1,1,1,%s,1\n".formatted(payload));
    Files.createDirectories(folder.samples());
    Files.writeString(folder.samples().resolve("samples.txt"), payload, StandardCharsets.UTF_8);
    Files.writeString(
        folder.samples().resolve("samples.csv"),
        "\"" + payload.replace("\"", "\"\"") + "\",y\n1,2\n");
    Files.writeString(folder.log(), payload);
  }

  private static List<MetricRow> numbers(int i, String payload) {
    String signature = "v1|method:exact|note:" + payload.replace('|', '!');
    return List.of(
        new MetricRow(
            "", payload, "exact/mass", "lower", i, i - 0.5, i + 0.5, 9, payload, signature),
        new MetricRow(payload, "c2st", "sample", "lower", 0.5, null, null, 9, payload, signature));
  }

  private static <V> Map<String, V> with(Map<String, V> facts, String payload) {
    Map<String, V> more = new LinkedHashMap<>();
    facts.forEach((key, value) -> {
      more.put(key, value);
      more.put(key + payload, value);
    });
    return more;
  }

  /** Shows each run and board in turn. @return what went wrong */
  private static List<?> all(Browser browser, List<String> payloads) {
    List<Map<String, String>> stops = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      stops.add(Map.of("path", "run/" + run(i), "payload", payloads.get(i)));
      if (i % 5 != 0) {
        stops.add(Map.of("path", "board", "payload", payloads.get(i)));
      }
    }
    for (String page :
        List.of(
            "runs", "compare/" + run(1) + "/" + run(2), "frontier", "anytime", "history", "live")) {
      stops.add(Map.of("path", page, "payload", ""));
    }
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(150));
    List<Object> wrong = new ArrayList<>();
    for (int from = 0; from < stops.size(); from += AT_ONCE) {
      wrong.addAll(visit(browser, stops.subList(from, Math.min(from + AT_ONCE, stops.size()))));
    }
    return wrong;
  }

  private static List<?> visit(Browser browser, List<Map<String, String>> stops) {
    return (List<?>)
        browser.later(
            """
            const [stops, done] = arguments;
            const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
            const wrong = [];
            (async () => {
              for (const {path, payload} of stops) {
                const board = path === "board";
                location.hash = board ? assay.route.href(["board", payload]) : `#/${path}`;
                const there = () => {
                  const main = document.querySelector("main");
                  return !main.querySelector(".skeleton") && main.querySelector("h1") &&
                    (payload === "" || (board ? main.querySelector(".board") : main.textContent.includes("Provenance")) &&
                      main.querySelector("h1").textContent === payload);
                };
                for (let i = 0; i < 5000 && !there(); i++) await rest(2);
                if (!there()) wrong.push(`${path} does not show ${payload}: ${document.querySelector("main").innerText.slice(0, 200)}`);
                const odd = document.querySelector(
                  "main script, main iframe, main object, main base, main meta, main style, main link, main math, main form, " +
                  "main img[onerror], main [onload], main [onfocus], main [ontoggle], a[href^='javascript' i]");
                if (odd) wrong.push(`${path} has ${odd.outerHTML.slice(0, 200)}`);
                if (typeof pwned !== "undefined") wrong.push(`${path} ran ${payload}`);
              }
              done(wrong);
            })();
            """,
            stops);
  }
}

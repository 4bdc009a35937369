package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's scripts apart from any server, in the browser that runs them. */
class PageLogicTest {
  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start(folder);
    browser.open(WebFolder.write(folder));
    browser.see("h1");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "17.389, 17.39",
    "0.00082741, 0.0008274",
    "-0.0024013, −0.002401",
    "9.9996, 10.00",
    "0, 0",
    "0.0000082741, 8.27×10⁻⁶",
    "123456, 123k",
    "1E9, 1.00G",
    "NaN, –"
  })
  void numbersReadAsPeopleWriteThem(double value, String text) {
    assertThat(browser.js("return assay.format.number(arguments[0] ?? NaN)", boxed(value)))
        .isEqualTo(text);
  }

  private static Double boxed(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  @Test
  void aWrittenNumberIsItsValueToHalfAUnitOfItsLastDigit() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      double value = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextDouble() * 22 - 11);
      String text = (String) browser.js("return assay.format.number(arguments[0])", value);

      BigDecimal read = read(text);
      double half = lastDigit(text).doubleValue() / 2;
      assertThat(read.doubleValue())
          .as("%s written as %s", value, text)
          .isCloseTo(value, within(half * 1.0001));
      assertThat(new BigDecimal(mantissa(text)).precision()).as(text).isBetween(3, 5);
    }
  }

  /** What a text such as 8.27×10⁻⁶ or 1.30M says. */
  private static BigDecimal read(String text) {
    return new BigDecimal(mantissa(text)).multiply(factor(text));
  }

  private static BigDecimal lastDigit(String text) {
    return BigDecimal.ONE
        .movePointLeft(new BigDecimal(mantissa(text)).scale())
        .multiply(factor(text));
  }

  private static String mantissa(String text) {
    return text.replaceAll("×.*|[kMGTP]$", "").replace('−', '-');
  }

  private static BigDecimal factor(String text) {
    Map<Character, Integer> prefixes = Map.of('k', 3, 'M', 6, 'G', 9, 'T', 12, 'P', 15);
    int raised = prefixes.getOrDefault(text.charAt(text.length() - 1), 0);
    int power = text.indexOf("×10");
    if (power >= 0) {
      String digits = text.substring(power + 3).replace('⁻', '-');
      for (int d = 0; d < 10; d++) {
        digits = digits.replace("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(d), (char) ('0' + d));
      }
      raised = Integer.parseInt(digits);
    }
    return BigDecimal.ONE.movePointRight(raised);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000002, 0.20 µs",
    "0.000257, 257 µs",
    "0.083, 83 ms",
    "15, 15.0 s",
    "125.2, 2 min 05 s",
    "3780, 1 h 03 min",
    "400000, 4.63 days",
    "0, 0 s"
  })
  void durationsChooseTheirUnit(double seconds, String text) {
    assertThat(browser.js("return assay.format.duration(arguments[0])", seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "18.9995, 18.5741, 19.4568, 19.00, 0.44",
    "40.52, 39.5, 41.5, 40.5, 1.0",
    "0.31994, 0.3001, 0.3398, 0.320, 0.020",
    "1234.6, 1219.9, 1249.3, 1235, 15",
    "-0.0024, -0.0025, -0.0023, −0.00240, 0.00010"
  })
  void aValueHasNoDigitThatItsIntervalDoesNotCarry(
      double value, double low, double high, String shown, String half) {
    assertThat(browser.js("return assay.format.withInterval(...arguments)", value, low, high))
        .isEqualTo(Map.of("value", shown, "half", "±\u202f" + half));
  }

  @Test
  void theParetoFrontIsWhatComparingAllPairsLeaves() {
    Random random = new Random(2);
    for (int trial = 0; trial < 40; trial++) {
      List<List<Integer>> points = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        points.add(List.of(random.nextInt(12), random.nextInt(12)));
      }
      int x = trial % 2 == 0 ? 1 : -1;
      int y = trial % 4 < 2 ? 1 : -1;
      Object found =
          browser.js(
              "return assay.pareto.front(arguments[0].map((p, i) => ({p, i})), (o) => o.p[0],"
                  + " (o) => o.p[1], arguments[1], arguments[2]).map((o) => o.i)",
              points,
              x > 0 ? "higher" : "lower",
              y > 0 ? "higher" : "lower");

      List<Long> expected =
          IntStream.range(0, points.size())
              .filter(
                  i -> points.stream().noneMatch(other -> dominates(other, points.get(i), x, y)))
              .mapToObj(Long::valueOf)
              .toList();
      List<Long> sorted = ((List<?>) found).stream().map(i -> (Long) i).sorted().toList();
      assertThat(sorted).isEqualTo(expected);
    }
  }

  private static boolean dominates(List<Integer> a, List<Integer> b, int x, int y) {
    int inX = x * Integer.compare(a.get(0), b.get(0));
    int inY = y * Integer.compare(a.get(1), b.get(1));
    return inX >= 0 && inY >= 0 && inX + inY > 0;
  }

  @Test
  void differencesNameEachKeyOnceAndWhatIsAbsent() {
    Object rows =
        browser.js(
            """
            return assay.diff.rows([
              {model: {id: "gmm", params: {k: 8}}, seed: 1},
              {model: {id: "vae", params: {hidden: [128, 64]}}, seed: 1},
            ]).map(({key, values, same}) => [key, values[0] ?? null, values[1] ?? null, same]);
            """);

    assertThat((List<?>) rows)
        .hasToString(
            "[[model.id, gmm, vae, false], [model.params.k, 8, null, false], [seed, 1, 1, true],"
                + " [model.params.hidden, null, [128,64], false]]");
  }

  @Test
  void csvReadsBackAsItWasAndHoldsNoFormula() throws IOException {
    List<String> values =
        List.of(
            "plain", "a,b", "say \"hi\"", "two\nlines", "", "=1+1", "@x", "-2", "+3", "\tx", "ünï");
    String csv =
        (String)
            browser.js(
                "return assay.download.csv(['name', 'number'], arguments[0].map((name, i) => ({name, number: i / 8})))",
                values);

    List<CSVRecord> records =
        CSVParser.parse(
                new StringReader(csv),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())
            .getRecords();
    assertThat(records).hasSameSizeAs(values);
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
      assertThat(records.get(i).get("name")).isEqualTo(formula ? "'" + value : value);
      assertThat(Double.parseDouble(records.get(i).get("number"))).isEqualTo(i / 8.0);
    }
  }

  @Test
  void anAddressGivesBackThePathAndQueryItWasMadeOf() {
    List<String> names =
        List.of("plain", "a/b", "q?x=1", "50%", "#", "ünï ☃", "<script>", "..", "a&b=c", "%2F");
    for (String name : names) {
      Object read =
          browser.js(
              "return assay.route.parse(assay.route.href(['board', arguments[0]], {q: arguments[0], sort: ''}))",
              name);

      assertThat(read)
          .isEqualTo(Map.of("path", List.of("board", name), "query", Map.of("q", name)));
    }
  }

  @Test
  void eventsAreTheSameHoweverTheStreamIsCut() {
    String stream =
        "id: 7\nevent: progress\ndata: {\"a\": 1}\n\n: nothing\n\nevent: index\ndata: one\ndata: two\nid: 8\n\ndata:x\n\n";
    String whole = "[[progress, {\"a\": 1}, 7], [index, one\ntwo, 8], [message, x, null]]";
    for (int cut = 0; cut <= stream.length(); cut++) {
      Object events =
          browser.js(
              """
              const found = [];
              const feed = assay.live.parser(({event, data, id}) => found.push([event, data, id ?? null]));
              feed(arguments[0]);
              feed(arguments[1]);
              return found;
              """,
              stream.substring(0, cut),
              stream.substring(cut));
      assertThat((List<?>) events).as("cut at %d", cut).hasToString(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 1000, true",
    "17.2, 24.8, true",
    "-3, 5, false",
    "0, 1, false",
    "5, 5, false",
    "784, 800000, true"
  })
  void ticksLieOnTheScaleAndRise(double low, double high, boolean log) {
    Object found =
        browser.js(
            "const s = assay.scale.scale([arguments[0], arguments[1]], arguments[2], [0, 400]);"
                + "return [s.at(arguments[0]), s.at(arguments[1]), s.ticks.map((t) => s.at(t)), s.ticks]",
            low,
            high,
            log);
    List<?> parts = (List<?>) found;

    assertThat(number(parts.get(0))).isBetween(0.0, 400.0);
    assertThat(number(parts.get(1))).isBetween(number(parts.get(0)), 400.0);
    List<Double> places = ((List<?>) parts.get(2)).stream().map(PageLogicTest::number).toList();
    assertThat(places)
        .hasSizeBetween(2, 16)
        .isSorted()
        .allSatisfy(p -> assertThat(p).isBetween(-0.01, 400.01));
    for (Object tick : (List<?>) parts.get(3)) {
      assertThat(new BigDecimal(tick.toString()).stripTrailingZeros().precision())
          .as("tick %s", tick)
          .isLessThanOrEqualTo(3);
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @Test
  void whatIsNotHereSaysSo() {
    browser.js("location.hash = '#/nowhere/at/all'");
    assertThat(browser.see("main", "no such page").getText()).contains("nowhere/at/all");
    browser.js("location.hash = '#/run/0000000000000000'");
    assertThat(browser.see("[role=alert]").getText()).contains("Not on this site");
    browser.js("location.hash = '#/'");
    assertThat(browser.see("main", "No results yet").getText())
        .contains("./assay run experiments/quickstart.yaml");
  }
}

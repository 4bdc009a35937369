package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunStatus;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reports hold what was found, in forms that other programs read. */
final class GateReportsTest {
  private static final String ODD = "v|a<e> & \"x\"\u0001";

  /** One of each verdict. */
  private static final GateReport REPORT =
      Gate.compare(
          new GateRows()
              .model(ODD)
              .quality("fid", 10, 10, 10)
              .quality("kid", 1, 2, 3)
              .quality("mmd", 1, 2, 3)
              .quality("gone", 1)
              .score("acc", 1, 1, 1)
              .seconds(1, 2)
              .rows(),
          new GateRows()
              .model(ODD)
              .quality("fid", 12, 12, 12)
              .quality("kid", 1, 2, 3)
              .quality("mmd", 3, 9, 2)
              .score("acc", 2, 2, 2)
              .model("new")
              .quality("fid", 1)
              .ended(4, RunStatus.FAILED)
              .rows(),
          GateRules.of(Map.of()));

  @Test
  void theReportKnowsTheGravestVerdict() {
    assertThat(REPORT.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(GateText.summary(REPORT))
        .isEqualTo("1 regressed, 2 inconclusive, 1 improved, 1 equivalent");
  }

  @Test
  void junitIsWellFormedAndCountsAgree() throws Exception {
    byte[] xml = GateReports.junit(REPORT).getBytes(StandardCharsets.UTF_8);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    int cases = document.getElementsByTagName("testcase").getLength();
    assertThat(cases).isEqualTo(5).isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
    assertThat(document.getElementsByTagName("failure").getLength())
        .isEqualTo(1)
        .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
    assertThat(document.getElementsByTagName("error").getLength())
        .isEqualTo(2)
        .isEqualTo(Integer.parseInt(suite.getAttribute("errors")));
    Element failed = (Element) document.getElementsByTagName("failure").item(0);
    assertThat(failed.getAttribute("message"))
        .startsWith("REGRESSED: 10 → 12, worse by +2.00 (2.00 … 2.00), margin 0.500, p <.001");
    assertThat(((Element) failed.getParentNode()).getAttribute("classname"))
        .isEqualTo("v|a<e> & \"x\" on digits, cpu");
  }

  @Test
  void boundsOfTwoMethodsHaveTwoNames() {
    GateRows rows = new GateRows();
    for (String method : new String[] {"elbo", "iwae|k:20"}) {
      rows.signature("v1|method:" + method).add("nll", "lower_bound/mass", "lower", 1, 2, 3);
    }
    rows.signature("v1|method:exact").add("nll", "exact/mass", "lower", 1, 2, 3);
    GateReport report = Gate.compare(rows.rows(), rows.rows(), GateRules.of(Map.of()));
    assertThat(report.findings())
        .extracting(Finding::title)
        .containsExactly(
            "nll exact/mass", "nll lower_bound/mass elbo", "nll lower_bound/mass iwae");
    assertThat(GateReports.junit(report)).contains("name=\"nll lower_bound/mass iwae\"");
  }

  @Test
  void markdownHasOneCellForEachColumnWhateverTheNames() {
    String markdown = GateReports.markdown(REPORT);
    assertThat(markdown).startsWith("### assay gate: REGRESSED\n");
    for (String line : markdown.lines().filter(l -> l.startsWith("|")).toList()) {
      assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count())
          .as(line)
          .isEqualTo(10);
    }
    assertThat(markdown)
        .contains("<summary>2 passed</summary>")
        .contains("Not gated: train.seconds");
  }

  @Test
  void jsonHoldsEveryFindingAndNoNumberThatJsonLacks() {
    JsonNode root = JsonMapper.builder().build().readTree(GateReports.json(REPORT, 1));
    assertThat(root.path("verdict").asString()).isEqualTo("REGRESSED");
    assertThat(root.path("exit").asInt()).isEqualTo(1);
    assertThat(root.path("counts").path("INCONCLUSIVE").asInt()).isEqualTo(2);
    assertThat(root.path("findings")).hasSize(5);
    assertThat(root.path("findings").get(0).path("worse_by").asDouble()).isEqualTo(2);
    assertThat(root.path("new").get(0).asString()).isEqualTo("new on digits, cpu");
  }
}

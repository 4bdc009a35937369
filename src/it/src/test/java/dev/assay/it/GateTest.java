package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two real experiments, a good one and one that is trained too shortly, through the gate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GateTest {
  @TempDir private static Path folder;

  private Path baseline;

  @BeforeAll
  void runBoth() throws IOException {
    run("good", 60);
    run("same", 60);
    run("short", 1);
    baseline = folder.resolve("baselines/points.csv");
    Assay.Result saved = gate("--candidate", out("good"), "--save", baseline.toString());
    assertThat(saved.code()).as(saved.err()).isZero();
  }

  private static String out(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String name, int steps) throws IOException {
    String yaml =
        """
        schema: 1
        name: %s
        data: {id: two-moons, split: {train: 400, test: 200}}
        models: [{id: gmm, params: {components: 4}}]
        budget: {steps: %d}
        repeat: {seeds: 3}
        score: {metrics: [nll, energy-distance], samples: 100}
        """
            .formatted(name, steps);
    Path file = Files.writeString(folder.resolve(name + ".yaml"), yaml);
    Assay.Result result = Assay.run("run", file.toString(), "--out", out(name));
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  private static Assay.Result gate(String... arguments) {
    return Assay.run(
        Stream.concat(Stream.of("gate"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  @Test
  void theSameExperimentAgainIsEquivalentBitForBit() {
    Assay.Result result =
        gate("--baseline", baseline.toString(), "--candidate", out("same"), "--exact");
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).contains("the same bits").contains("EQUIVALENT: ");
  }

  @Test
  void aModelTrainedTooShortlyIsRegressedInEveryReport() throws Exception {
    Path junit = folder.resolve("reports/gate.xml");
    Path markdown = folder.resolve("reports/gate.md");
    Path json = folder.resolve("reports/gate.json");
    Assay.Result result =
        gate(
            "--baseline", baseline.toString(),
            "--candidate", folder.resolve("short/results.csv").toString(),
            "--margin", "nll=2%",
            "--metric", "nll",
            "--junit", junit.toString(),
            "--markdown", markdown.toString(),
            "--json", json.toString());
    assertThat(result.code()).as(result.out()).isEqualTo(1);
    assertThat(result.out()).contains("REGRESSED: 1 regressed");
    int failures =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(junit)))
            .getElementsByTagName("failure")
            .getLength();
    assertThat(failures).isEqualTo(1);
    assertThat(markdown).content().contains("| REGRESSED | gmm components=4 on two-moons, cpu |");
    assertThat(json).content().contains("\"exit\": 1");
  }

  @Test
  void aCellThatIsMissingIsInconclusive() throws IOException {
    List<String> lines = Files.readAllLines(baseline);
    Path more = folder.resolve("more.csv");
    String other = lines.get(1).replace(",gmm,", ",vae,");
    Files.writeString(more, String.join("\n", lines) + "\n" + other + "\n");
    Assay.Result result = gate("--baseline", more.toString(), "--candidate", out("same"));
    assertThat(result.code()).as(result.out()).isEqualTo(3);
    assertThat(result.out()).contains("the candidate has no such run");
  }

  @Test
  void theKeyGateOfAnExperimentIsUsed() throws IOException {
    String yaml = Files.readString(folder.resolve("short.yaml"));
    Path file =
        Files.writeString(
            folder.resolve("gated.yaml"),
            yaml + "gate: {baseline: " + baseline + ", margins: {nll: 1%}}\n");
    assertThat(gate(file.toString(), "--candidate", out("short"), "--metric", "nll").code())
        .isEqualTo(1);
    assertThat(gate(file.toString(), "--candidate", out("good"), "--metric", "nll").code())
        .isZero();
  }

  @Test
  void badUsageIsAnsweredInWordsWithCodeTwo() throws IOException {
    String good = baseline.toString();
    refused("--candidate is missing", "--baseline", good);
    refused("--baseline is missing", "--candidate", out("good"));
    refused("--baseline: there is no none.csv", "--baseline", "none.csv", "--candidate", good);
    refused("did you mean nll?", "--baseline", good, "--candidate", good, "--margin", "nl=5%");
    refused(
        "--margin nll=lots is no margin",
        "--baseline",
        good,
        "--candidate",
        good,
        "--margin",
        "nll=lots");
    refused("--level is 2.0", "--baseline", good, "--candidate", good, "--level", "2");
    String yaml = folder.resolve("good.yaml").toString();
    refused("--ab needs an experiment", "--ab", ".", ".");
    refused("none is no build of Assay", yaml, "--ab", "none", ".");
    refused("--ab and --baseline exclude each", yaml, "--ab", ".", ".", "--baseline", good);
    refused("--ab and --metric exclude each", yaml, "--ab", ".", ".", "--metric", "nll");
    refused("--margin nll=lots is no margin", yaml, "--ab", ".", ".", "--margin", "nll=lots");
    refused("--calibrate and --save exclude", "--candidate", good, "--calibrate", "--save", good);
    refused("--forks is 2", yaml, "--ab", ".", ".", "--forks", "2");
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    refused("it is empty", "--baseline", empty.toString(), "--candidate", good);
    Path header = folder.resolve("header.csv");
    Files.writeString(header, Files.readAllLines(baseline).getFirst() + "\n");
    refused("has no rows", "--baseline", header.toString(), "--candidate", good);
  }

  private static void refused(String message, String... arguments) {
    Assay.Result result = gate(arguments);
    assertThat(result.code()).as(result.err() + result.out()).isEqualTo(2);
    assertThat(result.err()).contains(message).doesNotContain("\tat ");
  }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class MainTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      code = Main.run(arguments, outStream, errStream);
    }
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "plan",
        "list",
        "show",
        "compare",
        "sample",
        "gate",
        "history",
        "reproduce",
        "data",
        "schema",
        "doctor",
        "bench",
        "selftest"
      })
  void everyCommandIsListedAndHasHelp(String command) {
    assertThat(run("--help").out()).containsPattern("(?m)^  " + command + " +[A-Z]");
    Result help = run(command, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: assay " + command).doesNotContain("${");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("--version").out()).containsPattern("^assay \\d+\\.\\d+\\.\\d+\njava 25\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnu | there is no command 'rnu'; did you mean run?",
        "bench stps | 'stps' is none of: kernels, steps, sampling, scaling, metrics, tokenizers; did you mean 'steps'?",
        "bench steps --blocks 0 | --blocks is 0, but must be at least 1",
        "bench metrics --json x.json | --json and --csv of metrics need --jmh",
        "bench tokenizers --peer | --peer: there is none for tokenizers",
        "list mdels | 'mdels' is none of: models, datasets, metrics, backends, tasks; did you mean 'models'?",
        "list models vaee | there is no model 'vaee'; did you mean 'vae'? choices: ",
        "list models --jsn | there is no option '--jsn'; did you mean --json?",
        "list models gmm extra | there is no place for 'extra'",
        "data fetsh | did you mean 'fetch'?",
        "data verify nothing | there is no dataset 'nothing'",
        "plan | Missing required parameter: 'FILE'",
        "plan no-such-folder/x.yaml | there is no file no-such-folder/x.yaml",
        "plan src | src is a folder",
        "plan @src | there is no file @src",
        "show nothing-like-it | no run 'nothing-like-it'",
      })
  void badUsageIsExplainedWithoutATraceAndExitsWithTwo(String arguments, String message) {
    Result result = run(arguments.split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("assay: ").contains(message).doesNotContain("\tat ");
  }

  @Test
  void metricsThatCameToNothingAreNamedWithTheReason() throws IOException {
    Path experiment =
        file(
            "few.yaml",
            """
            schema: 1
            name: few
            data: {id: two-moons, split: {train: 100, test: 50}}
            models: [independent]
            budget: {epochs: 1}
            score: {metrics: [nll, energy-distance, fid, reconstruction-psnr], samples: 5}
            """);
    Result result = run("run", experiment.toString(), "--out", folder.resolve("out").toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "no value of energy-distance: it takes at least 20 samples, and score.samples is 5")
        .contains("no value of fid: ")
        .contains("no value of reconstruction-psnr: ")
        .doesNotContain("no value of nll");
  }

  @Test
  void noCommandAtAllListsThem() {
    Result result = run();
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("a command is missing; commands: run, plan, list");
  }

  @Test
  void debugShowsTheTraceOfAUsersMistakeToo() {
    assertThat(run("plan", "nothing.yaml", "--debug").err()).contains("\tat dev.assay.cli.");
    assertThat(run("--debug", "plan", "nothing.yaml").err()).contains("\tat dev.assay.cli.");
  }

  @Test
  void aMisspeltFileNameIsRecognised() throws IOException {
    file("digits.yaml", "");
    Result result = run("plan", folder.resolve("digit.yaml").toString());
    assertThat(result.err()).contains("did you mean digits.yaml?").contains("there: digits.yaml");
  }

  @ParameterizedTest
  @CsvSource({"models, vae, params", "datasets, uci-digits, license", "metrics, nll, unit"})
  void listsAreJsonForPrograms(String kind, String id, String key) {
    JsonNode all = JSON.readTree(run("list", kind, "--json").out());
    assertThat(all.isArray()).isTrue();
    assertThat(all.findValuesAsString("id")).contains(id);
    JsonNode one = JSON.readTree(run("list", kind, id, "--json").out());
    assertThat(one.get("id").asString()).isEqualTo(id);
    assertThat(one.has(key)).isTrue();
    assertThat(run("list", kind).out()).contains(id);
  }

  @Test
  void backendsSayWhetherTheyAreAvailable() {
    JsonNode backends = JSON.readTree(run("list", "backends", "--json").out());
    assertThat(backends.findValuesAsString("id")).contains("cpu", "reference");
    backends.forEach(backend ->
        assertThat(backend.get("available").asBoolean()).isNotEqualTo(backend.has("reason")));
  }

  @Test
  void aModelsSettingsAreShownWithDefaultAndMeaning() {
    assertThat(run("list", "models", "gmm").out())
        .containsPattern("components = \\d+  \\(a whole number, between 1 and \\d+\\)")
        .contains("covariance = full  (one of: full, diagonal)");
  }

  @Test
  void theSchemaKnowsTheModels() {
    JsonNode schema = JSON.readTree(run("schema").out());
    assertThat(schema.get("$schema").asString()).contains("2020-12");
    assertThat(schema.toString()).contains("\"const\":\"gpt\"");
  }

  @Test
  void aPlanShowsCellsAndReasons() throws IOException {
    Path yaml =
        file(
            "plan.yaml",
            """
            schema: 1
            name: My plan!
            data: [uci-digits, gaussians-8]
            models: [gmm, gpt]
            budget: {epochs: 1}
            """);
    Result result = run("plan", yaml.toString(), "--set", "repeat.seeds=2");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("8 cells: 6 to run, 2 skipped")
        .contains("no run of this model on this dataset")
        .contains(Path.of("results", "runs", "my-plan").toString());
    assertThat(result.out().lines().filter(line -> line.contains("skipped ")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("gpt").contains("gaussians-8"));
  }

  @Test
  void anOverrideThatIsWrongIsShownInTheArgument() throws IOException {
    Path yaml =
        file(
            "x.yaml", "schema: 1\nname: x\ndata: uci-digits\nmodels: [gmm]\nbudget: {epochs: 1}\n");
    assertThat(run("plan", yaml.toString(), "--set", "budget.epoch=3").err())
        .startsWith(
            "--set:1:8: error: budget has no key 'epoch'\n 1 | budget.epoch=3\n   |        ^^^^^");
  }

  @Test
  void theDoctorFindsThisMachineFit() {
    Result result = run("doctor", "--json");
    JsonNode findings = JSON.readTree(result.out());
    assertThat(findings.findValuesAsString("subject"))
        .contains("java", "cores", "memory", "backend cpu", "data cache", "matmul cpu");
    assertThat(findings.findValuesAsString("verdict")).doesNotContain("broken");
    assertThat(result.code()).isZero();
  }
}

package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.yaml.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExperimentFileTest {
  private static final String MINIMAL =
      """
      schema: 1
      name: minimal
      data: uci-digits
      models: [gmm]
      budget: {epochs: 3}
      """;

  private static final String FULL =
      """
      schema: 1
      name: Full example
      data:
        - {id: uci-digits, split: {valid: 100}, preprocess: {binarize: threshold}}
        - two-moons
      models:
        - gmm
        - id: vae
          name: wide
          params: {latent: 16, hidden: [400, 200], beta: 4, learned_prior: true}
          samplers: [{decoding: mean}, {}]
      budget: {epochs: 30, steps: 1000, examples: 1e6, wall: 1.5h, patience: 4}
      backends: [reference, {id: cpu, threads: 2}]
      repeat: {seeds: [7, 0, 4294967295]}
      sweep:
        - grid: {models.wide.params.latent: [2, 8]}
        - zip: {budget.epochs: [1, 2], score.samples: [10, 20]}
      score: {metrics: [nll], samples: 50, importance_samples: 5, seed: 9}
      evaluate: {every: 2 epochs, examples: 64}
      checkpoint: {every: 200 steps}
      gate: {baseline: results/base.csv, margins: {nll: 5%, c2st: 0.02}}
      """;

  private static ExperimentFile read(String yaml, String... overrides) {
    return Fakes.file(yaml, overrides);
  }

  private static List<String> problems(String yaml, String... overrides) {
    try {
      read(yaml, overrides);
      throw new AssertionError("accepted");
    } catch (ProblemException e) {
      return e.problems().stream()
          .map(p -> p.mark() + ": " + p.message() + " [" + p.help() + "]")
          .toList();
    }
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Experiment experiment = read(MINIMAL).experiment();
    assertThat(experiment.name()).isEqualTo("minimal");
    assertThat(experiment.data())
        .containsExactly(new DataChoice("uci-digits", Map.of(), Map.of(), Map.of()));
    assertThat(experiment.models())
        .containsExactly(
            new ModelChoice("gmm", "gmm", Optional.empty(), Map.of(), Map.of(), List.of(Map.of())));
    assertThat(experiment.backends())
        .containsExactly(new BackendChoice("cpu", "fp32", Optional.empty(), Optional.empty()));
    assertThat(experiment.seeds()).containsExactly(1L);
    assertThat(experiment.score()).isEqualTo(new ScoreSettings(List.of(), 1000, 100, 1));
    assertThat(experiment.evaluate()).isEqualTo(new EvaluateSettings(Optional.empty(), 1000));
    assertThat(experiment.checkpoint().every()).isEqualTo(new Every.Time(Duration.ofSeconds(30)));
    assertThat(experiment.sweep()).isEmpty();
    assertThat(experiment.gate()).isEmpty();
  }

  @Test
  void everyKeyIsRead() {
    Experiment experiment = read(FULL).experiment();
    assertThat(experiment.data())
        .containsExactly(
            new DataChoice(
                "uci-digits", Map.of(), Map.of("valid", 100L), Map.of("binarize", "threshold")),
            new DataChoice("two-moons", Map.of(), Map.of(), Map.of()));
    assertThat(experiment.models().get(1))
        .isEqualTo(
            new ModelChoice(
                "vae",
                "wide",
                Optional.empty(),
                Map.of(
                    "latent",
                    16L,
                    "hidden",
                    List.of(400L, 200L),
                    "beta",
                    4.0,
                    "learned_prior",
                    true),
                Map.of(),
                List.of(Map.of("decoding", "mean"), Map.of())));
    assertThat(experiment.budget())
        .isEqualTo(
            new Budget(
                Optional.of(30L),
                Optional.of(1000L),
                Optional.of(1_000_000L),
                Optional.of(Duration.ofMinutes(90)),
                Optional.of(4L)));
    assertThat(experiment.backends())
        .containsExactly(
            new BackendChoice("reference", "fp32", Optional.empty(), Optional.empty()),
            new BackendChoice("cpu", "fp32", Optional.of(2), Optional.empty()));
    assertThat(experiment.seeds()).containsExactly(7L, 0L, 4294967295L);
    assertThat(experiment.sweep())
        .containsExactly(
            new SweepAxis.Grid(Map.of("models.wide.params.latent", List.of(2L, 8L))),
            new SweepAxis.Zip(
                Map.of("budget.epochs", List.of(1L, 2L), "score.samples", List.of(10L, 20L))));
    assertThat(experiment.score()).isEqualTo(new ScoreSettings(List.of("nll"), 50, 5, 9));
    assertThat(experiment.evaluate())
        .isEqualTo(new EvaluateSettings(Optional.of(new Every.Epochs(2)), 64));
    assertThat(experiment.checkpoint().every()).isEqualTo(new Every.Steps(200));
    assertThat(experiment.gate())
        .contains(
            new GateSettings(
                Path.of("results/base.csv"),
                Map.of(
                    "nll", new GateSettings.Margin(0.05, true),
                    "c2st", new GateSettings.Margin(0.02, false))));
  }

  @Test
  void everyFaultOfAFileIsReportedAtOnceAndByPlace() {
    assertThat(
            problems(
                """
                schema: 1
                name: digits
                dat: uci-digits
                models:
                  - gm
                  - id: vae
                    params: {laten: 8, beta: -1, hidden: [10, x], likelihood: bernouli}
                budget: {epoch: 3}
                """))
        .containsExactly(
            "t.yaml:1:1: the key 'data' is missing [add 'data: uci-digits'; an experiment needs"
                + " schema, name, data, models, budget]",
            "t.yaml:3:1: an experiment has no key 'dat' [did you mean 'data'? keys: schema, name,"
                + " data, models, budget, backends, repeat, sweep, score, tasks, evaluate,"
                + " checkpoint, gate]",
            "t.yaml:5:5: there is no model 'gm' [did you mean 'gmm'? choices: gmm, vae]",
            "t.yaml:7:14: models.vae.params has no key 'laten' [did you mean 'latent'? keys:"
                + " latent, hidden, beta, learned_prior, likelihood]",
            "t.yaml:7:30: models.vae.params.beta is -1, but must be a number, at least 0 [beta:"
                + " Weight of the divergence. Default: 1.0.]",
            "t.yaml:7:47: models.vae.params.hidden[1] is 'x', but must be a whole number, between"
                + " 1 and 4096 [hidden: Widths of the hidden layers. Default: [200].]",
            "t.yaml:7:63: models.vae.params.likelihood is 'bernouli', but must be one of:"
                + " bernoulli, discretised_logistic [did you mean 'bernoulli'? likelihood: Of"
                + " pixels. Default: bernoulli.]",
            "t.yaml:8:10: budget has no key 'epoch' [did you mean 'epochs'? keys: epochs, steps,"
                + " examples, wall, patience]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema=2 | --set:1:8: schema is 2, but must be 1",
        "name=7 | --set:1:6: name is 7, but must be text",
        "name=' ' | --set:1:6: name is ' ', but must be text",
        "data=[] | --set:1:6: data is an empty list",
        "data={split: {}} | --set:1:6: data names no dataset",
        "data=[uci-digits, uci-digits] | --set:1:19: the dataset 'uci-digits' is here twice",
        "data.split.valid=-1 | --set:1:18: data.split.valid is -1, but must be a whole number",
        "data=two-moons | ACCEPTED",
        "data={id: two-moons, preprocess: {binarize: threshold}} | only images can be binarised",
        "models=gmm | --set:1:8: models is 'gmm', but must be a list with at least one model",
        "models=[gmm, gmm] | --set:1:14: two models are named 'gmm'",
        "models=[{id: gmm, name: a.b}] | --set:1:25: models[0].name is 'a.b'",
        "models=[{id: vae, params: {latent: 1.5}}] | latent is 1.5, but must be a whole number",
        "models=[{id: vae, params: {latent: null}}] | latent is nothing, but must be",
        "models=[{id: vae, params: {latent: '8'}}] | quotes make it text; write 8 without them",
        "models=[{id: vae, params: {learned_prior: NO}}] | write false",
        "models=[{id: vae, params: {beta: 0, learned_prior: true}}] | a learned prior needs a beta",
        "models=[{id: vae, samplers: [{}, {decoding: draw}]}] | the same sampler twice",
        "models=[{id: vae, samplers: []}] | must be a list with at least one sampler",
        "models=[{id: vae, params: {hidden: 200}}] | write it in brackets: [200]",
        "models=[{id: vae, class: java.lang.Runtime}] | models[0] has no key 'class'",
        "models=[java.lang.Runtime] | there is no model 'java.lang.Runtime'",
        "budget={} | --set:1:8: budget: the budget has no end",
        "budget={patience: 3} | --set:1:8: budget: the budget has no end",
        "budget.wall=60 | add the unit: 60s",
        "budget.wall=0s | budget.wall is '0s', but must be a time",
        "budget.epochs=012 | numbers have no leading zero; write 12",
        "budget.epochs=1e400 | the number is too large",
        "backends=[gpu] | there is no backend 'gpu'",
        "backends=[cpu, cpu] | --set:1:16: the backend 'cpu' is here twice with fp32",
        "backends=[{id: cpu, precision: bf16}] | precision is 'bf16', but must be one of: fp32",
        "backends=[{id: cpu, blas: own}] | the backend 'cpu' has no choice of backends[0].blas",
        "backends=[{id: jcuda, blas: mkl}] | blas is 'mkl', but must be one of: auto, own, cublas",
        "backends=[{id: cpu, threads: 0}] | threads is 0, but must be a whole number",
        "repeat={until: {ci: 2%}, seeds: [4]} | repeat.seeds is a list",
        "repeat={until: {}} | repeat.until has no ci",
        "repeat={until: {ci: 0}} | repeat.until.ci is 0, but must be a percentage",
        "repeat={until: {ci: much}} | repeat.until.ci is 'much'",
        "repeat={until: {ci: 2%, metric: nlx}} | repeat.until.metric is 'nlx'",
        "repeat={until: {ci: 2%}, max: 2} | repeat.max is 2, but repeat.seeds are 3",
        "repeat={max: 5} | repeat.max needs repeat.until",
        "repeat.seeds=0 | repeat.seeds is 0, but must be a whole number, between 1 and 1000",
        "repeat.seeds=[1, 1] | --set:1:18: the seed 1 is here twice",
        "repeat.seeds=[-1] | a seed is -1, but must be a whole number",
        "repeat.seeds=[] | repeat.seeds has 0 seeds",
        "score.metrics=[fid] | --set:1:16: there is no metric 'fid'",
        "score.metrics=[nll, nll] | --set:1:21: the metric 'nll' is here twice",
        "evaluate.every=30s | evaluate.every is '30s', but must be an interval",
        "checkpoint.every=30 | add the unit: 30 steps",
        "checkpoint.every=0 steps | must be an interval",
        "gate={margins: {}} | --set:1:6: gate has no baseline",
        "gate={baseline: a.csv, margins: {nll: -1}} | gate.margins.nll is -1",
        "sweep={grid: {}} | sweep is a map, but must be a list of axes",
        "sweep=[{grid: {}}] | must be a map from paths to lists",
        "sweep=[{gird: {a: [1]}}] | did you mean 'grid'?",
        "sweep=[{grid: {name: [a]}}] | --set:1:16: a sweep cannot vary 'name'",
        "sweep=[{grid: {budget.epochs: 3}}] | must be a list with at least one value",
        "sweep=[{grid: {budget.epochs: [1, 1]}}] | --set:1:35: 1 is here twice",
        "sweep=[{zip: {budget.epochs: [1, 2], score.samples: [1]}}] | differ in length: 2 and 1",
        "sweep=[{grid: {budget.epoch: [1]}}] | --set:1:23: budget has no key 'epoch'",
        "sweep=[{grid: {models.vae.params.latent: [1]}}] | --set:1:23: models has no item 'vae'",
        "sweep=[{grid: {budget.epochs: [1, 0]}}] | --set:1:35: budget.epochs is 0, but must be",
        "nme=x | --set:1:1: an experiment has no key 'nme'",
      })
  void anOverrideIsCheckedLikeTheFile(String override, String expected) {
    if (expected.equals("ACCEPTED")) {
      assertThat(read(MINIMAL, override).experiment()).isNotNull();
    } else {
      assertThat(problems(MINIMAL, override)).anySatisfy(p -> assertThat(p).contains(expected));
    }
  }

  @Test
  void theNumbersOfTheTasksInTheFileHaveMarginsToo() {
    String tasks = "tasks: [{id: inpainting, name: top, params: {hide: top}}]\n";
    String gate = "gate: {baseline: a.csv, margins: {top.psnr: 0.5}}\n";
    assertThat(read(MINIMAL + tasks + gate).experiment().gate().orElseThrow().margins())
        .isEqualTo(Map.of("top.psnr", new GateSettings.Margin(0.5, false)));
    assertThat(problems(MINIMAL + tasks + gate.replace("top.psnr", "top.pnsr")))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem)
                .contains("gate.margins has no key 'top.pnsr'", "did you mean 'top.psnr'?"));
    assertThat(problems(MINIMAL + gate)).singleElement().asString().contains("top.psnr");
  }

  @Test
  void tasksAreReadAndTheirFaultsNamedByPlace() {
    String tasks = "tasks: [reconstruction, {id: inpainting, name: top, params: {hide: top}}]\n";
    assertThat(read(MINIMAL + tasks).experiment().tasks())
        .extracting(task -> task.name() + " " + Records.plain(task.settings()))
        .containsExactly(
            "reconstruction {images=200}", "top {hide=top, share=0.5, images=50, draws=3}");
    assertThat(
            problems(
                MINIMAL
                    + """
                    tasks:
                      - inpaint
                      - {id: inpainting, params: {hide: bottm, share: 2}}
                      - inpainting
                      - {id: reconstruction, name: No}
                    """))
        .anySatisfy(
            p -> assertThat(p).startsWith("t.yaml:7:5: there is no task 'inpaint' [did you"))
        .anySatisfy(p -> assertThat(p).startsWith("t.yaml:8:37: tasks[1].params.hide is 'bottm'"))
        .anySatisfy(p -> assertThat(p).startsWith("t.yaml:8:51: tasks[1].params.share is 2"))
        .anySatisfy(p -> assertThat(p).startsWith("t.yaml:9:5: two tasks are named 'inpainting'"))
        .anySatisfy(p -> assertThat(p).startsWith("t.yaml:10:32: tasks[3].name is"));
  }

  @Test
  void theFormatIsNamedWhenAFileIsNoMap() {
    assertThat(problems("- a\n")).singleElement().asString().startsWith("t.yaml:1:1: the file is");
    assertThat(problems("")).singleElement().asString().contains("the file is nothing");
  }

  @Test
  void aSweepOfTooManyPointsIsRefusedUnexpanded() {
    String values = "[" + "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11".replace("1,", "1,") + "]";
    String axes =
        "sweep=[{grid: {budget.epochs: V, budget.steps: V, budget.examples: V, score.samples: V}}]"
            .replace("V", values);
    assertThat(problems(MINIMAL, axes)).singleElement().asString().contains("14641 points");
  }

  @Test
  void theResolvedDocumentHoldsTheOverrides() {
    assertThat(read(MINIMAL, "budget.epochs=9", "models.gmm.name=floor").resolved())
        .hasToString(
            "{schema=1, name=minimal, data=uci-digits, models=[{id=gmm, name=floor}],"
                + " budget={epochs=9}}");
  }
}

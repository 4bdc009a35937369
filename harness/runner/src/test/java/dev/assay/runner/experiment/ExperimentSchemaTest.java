package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.runner.yaml.Edit;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Problems;
import dev.assay.runner.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** An independent validator judges by the schema what the reader judges by itself. */
final class ExperimentSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(MAPPER.readTree(PlainJson.pretty(ExperimentSchema.of(Fakes.registry()))));

  private static final String FILE =
      """
      schema: 1
      name: schema
      data: uci-digits
      models: [gmm]
      budget: {epochs: 3}
      """;

  private static List<String> violations(String... overrides) {
    Node document = YamlReader.read(FILE.getBytes(StandardCharsets.UTF_8), "t.yaml");
    for (String override : overrides) {
      document = Edit.parse("--set", override).applyTo(document, new Problems());
    }
    JsonNode json = MAPPER.readTree(PlainJson.canonical(document.plain()));
    return SCHEMA.validate(json).stream().map(Object::toString).toList();
  }

  @Test
  void theSchemaIsItselfAValidSchema() {
    JsonNode metaSchema =
        MAPPER.readTree("{\"$ref\":\"" + SpecificationVersion.DRAFT_2020_12.getDialectId() + "\"}");
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(metaSchema);
    JsonNode schema = MAPPER.readTree(PlainJson.pretty(ExperimentSchema.of(Fakes.registry())));
    assertThat(meta.validate(schema)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=x",
        "data=[uci-digits, two-moons]",
        "data={id: uci-digits, split: {valid: 10}, preprocess: {binarize: threshold}}",
        "models=[gmm, {id: vae, name: wide, params: {latent: 4, hidden: [10, 20], beta: 4,"
            + " likelihood: discretised_logistic, learned_prior: true}, samplers: [{}, {decoding:"
            + " mean}]}]",
        "budget={steps: 10, wall: 1.5h, patience: 3}",
        "backends=[reference, {id: cpu, threads: 2, precision: fp32}]",
        "backends=[{id: jcuda, precision: bf16, blas: own}]",
        "repeat={seeds: [4, 5]}",
        "repeat={seeds: 3}",
        "repeat={until: {ci: 2%, metric: nll}, max: 9}",
        "evaluate={target: 2.5}",
        "sweep=[{grid: {models.gmm.params.components: [2, 4]}}, {zip: {budget.epochs: [1, 2]}}]",
        "score={metrics: [nll], samples: 10, importance_samples: 5, seed: 3}",
        "evaluate={every: 5 epochs, examples: 10}",
        "tasks=[reconstruction, {id: inpainting, name: top, params: {hide: top}}]",
        "checkpoint={every: 200 steps}",
        "checkpoint={every: 500ms}",
        "gate={baseline: a.csv, margins: {nll: 5%, c2st: 0.1}}",
        "gate={baseline: a.csv, margins: {memory.peak_native_bytes: 5%}}",
      })
  void whatTheReaderAcceptsTheSchemaAccepts(String override) {
    assertThat(violations(override)).isEmpty();
    Fakes.file(FILE, override);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema=2",
        "name=7",
        "name=' '",
        "nme=x",
        "data=[]",
        "data=iris",
        "data={split: {}}",
        "data.split.valid=-1",
        "data.split.vlid=1",
        "data.preprocess.binarize=sometimes",
        "models=gmm",
        "models=[]",
        "models=[gm]",
        "models=[{id: gmm, name: a.b}]",
        "models=[{id: gmm, params: {latent: 3}}]",
        "models=[{id: vae, params: {latent: 1.5}}]",
        "models=[{id: vae, params: {latent: 0}}]",
        "models=[{id: vae, params: {latent: null}}]",
        "models=[{id: vae, params: {learned_prior: NO}}]",
        "models=[{id: vae, params: {hidden: [1, x]}}]",
        "models=[{id: vae, samplers: [{temperature: 1}]}]",
        "models=[{id: vae, samplers: []}]",
        "models=[{id: vae, class: java.lang.Runtime}]",
        "budget={}",
        "budget={patience: 3}",
        "budget.wall=60",
        "budget.epochs=012",
        "backends=[gpu]",
        "backends=[{id: cpu, precision: bf16}]",
        "backends=[{id: cpu, blas: own}]",
        "backends=[{id: jcuda, blas: mkl}]",
        "backends=[{id: cpu, threads: 0}]",
        "repeat.seeds=0",
        "repeat={until: {}}",
        "repeat={until: {ci: 0}}",
        "repeat.seeds=[1, 1]",
        "repeat.seeds=[-1]",
        "score.metrics=[fid]",
        "score.metrics=[nll, nll]",
        "evaluate.every=30s",
        "tasks=[inpaint]",
        "tasks=[{id: inpainting, params: {share: 2}}]",
        "tasks=[{id: inpainting, name: a.b}]",
        "checkpoint.every=30",
        "gate={margins: {}}",
        "gate={baseline: a.csv, margins: {nll: -1}}",
        "sweep=[{grid: {}}]",
        "sweep=[{gird: {budget.epochs: [1]}}]",
        "sweep=[{grid: {name: [a]}}]",
        "sweep=[{grid: {budget.epochs: [1, 1]}}]",
      })
  void whatTheReaderRejectsTheSchemaRejects(String override) {
    assertThat(violations(override)).isNotEmpty();
  }

  @Test
  void settingsHaveTheirMeaningDefaultAndBounds() {
    Map<String, Object> settings = ExperimentSchema.settings(Fakes.VaeConfig.class);
    assertThat(PlainJson.canonical(settings))
        .contains(
            "\"latent\":{\"default\":8,\"description\":\"Width of the latent code.\","
                + "\"maximum\":512,\"minimum\":1,\"type\":\"integer\"}")
        .contains("\"hidden\":{\"default\":[200],")
        .contains("\"likelihood\":{\"default\":\"bernoulli\",")
        .contains("\"additionalProperties\":false");
  }
}

package dev.assay.runner.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EditTest {
  private static final String FILE =
      """
      data: uci-digits
      models:
        - gmm
        - {id: vae, params: {latent: 2}}
        - {id: vae, name: wide}
      budget: {epochs: 3}
      """;

  private static Object edited(String argument, Problems problems) {
    Node root = YamlReader.read(FILE.getBytes(StandardCharsets.UTF_8), "t.yaml");
    return Edit.parse("--set", argument).applyTo(root, problems).plain();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "budget.epochs=5 | budget={epochs=5}",
        "budget.steps=7 | budget={epochs=3, steps=7}",
        "score.samples=10 | score={samples=10}",
        "models.vae.params.latent=8 | {id=vae, params={latent=8}}",
        "models.1.params.latent=8 | {id=vae, params={latent=8}}",
        "models.wide.params.latent=8 | {id=vae, name=wide, params={latent=8}}",
        "models.gmm.params.components=4 | [{id=gmm, params={components=4}}",
        "data.split.valid=10 | data={id=uci-digits, split={valid=10}}",
        "models=[ngram] | models=[ngram]",
        "name=a=b | name=a=b",
        "budget={wall: 5s} | budget={wall=5s}",
      })
  void aPathLeadsThroughKeysNamesIdsIndicesAndShortForms(String argument, String expected) {
    Problems problems = new Problems();
    assertThat(edited(argument, problems).toString()).contains(expected);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void anItemThatIsNotThereIsAProblemWithASuggestion() {
    Problems problems = new Problems();
    edited("models.vea.params.latent=8", problems);
    assertThat(problems.list())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.mark()).hasToString("--set:1:8");
          assertThat(problem.message()).isEqualTo("models has no item 'vea'");
          assertThat(problem.help())
              .isEqualTo("did you mean 'vae'? items: gmm, vae, wide, or an index from 0 to 2");
        });
  }

  @Test
  void aPathDoesNotLeadIntoANumber() {
    Problems problems = new Problems();
    edited("budget.epochs.x=8", problems);
    assertThat(problems.list().getFirst().message())
        .isEqualTo("budget.epochs is 3 and holds no 'x'");
  }

  @ParameterizedTest
  @CsvSource({"budget.epochs", "=5", "a..b=1", "a=[1", "a=*x", "a=!!x 1"})
  void whatIsNoPathAndValueIsRejected(String argument) {
    Problems problems = new Problems();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> {
          edited(argument, problems);
          problems.throwIfAny();
        })
        .withMessageStartingWith("--set:1:");
  }

  @Test
  void theValueIsMarkedWhereItStandsInTheArgument() {
    Edit edit = Edit.parse("--set", "score.metrics=[nll, fid]");
    Node second = ((Node.ListNode) edit.value()).items().get(1);
    assertThat(second.mark()).hasToString("--set:1:21");
    assertThat(second.mark().length()).isEqualTo(3);
  }

  @Test
  void theDocumentGivenIsLeftAsItIs() {
    Node root = YamlReader.read(FILE.getBytes(StandardCharsets.UTF_8), "t.yaml");
    Object before = root.plain();
    for (String argument : List.of("budget.epochs=9", "models.gmm.name=x", "data=iris")) {
      Edit.parse("--set", argument).applyTo(root, new Problems());
    }
    assertThat(root.plain()).isEqualTo(before);
  }
}

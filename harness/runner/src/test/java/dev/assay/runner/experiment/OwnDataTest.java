package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.runner.yaml.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnDataTest {
  private static final String FILE =
      """
      schema: 1
      name: own
      data: {path: numbers.txt, test: 2, split: {valid: 1}}
      models: [gmm]
      budget: {epochs: 3}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("numbers.txt"), "1\n2\n3\n4\n");
    Files.writeString(folder.resolve("words.txt"), "1\ntwo\n");
  }

  private Cell cell(String... overrides) throws IOException {
    return Fakes.file(folder, FILE, overrides).plan().cells().getFirst();
  }

  @Test
  void aPathStartsAtTheFolderOfTheExperiment() throws IOException {
    Cell cell = cell();
    assertThat(cell.data().id()).startsWith("numbers-");
    assertThat(cell.data().own().orElseThrow().folder()).isEqualTo(folder);
    Map<String, Object> expected = Map.of("path", "numbers.txt", "test", 2L);
    assertThat(cell.spec().get("data")).asString().contains("own={path=numbers.txt, test=2}");
    assertThat(Fakes.file(folder, FILE).experiment().data())
        .containsExactly(new DataChoice(cell.data().id(), expected, Map.of("valid", 1L), Map.of()));
  }

  @Test
  void otherContentIsAnotherCell() throws IOException {
    String before = cell().id();
    assertThat(cell().id()).isEqualTo(before);
    Files.writeString(folder.resolve("numbers.txt"), "1\n2\n3\n5\n");
    assertThat(cell().id()).isNotEqualTo(before);
  }

  @Test
  void filesThatChangeWhileTheExperimentRunsAreNoticed() throws IOException {
    Cell cell = cell();
    Files.writeString(folder.resolve("numbers.txt"), "1\n2\n3\n5\n");
    IOException thrown =
        catchThrowableOfType(IOException.class, () -> cell.data().prepare(Fakes.registry()));
    assertThat(thrown).hasMessage("the files of numbers have changed while the experiment ran");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.path=nothing.txt | --set:1:11: there is no file",
        "data.path=words.txt | --set:1:11: words.txt:2 is no number",
        "data.test=4 | --set:1:11: data: no examples are left to train on",
        "data.test=0 | --set:1:11: data.test is 0, but must be a whole number, at least 1",
        "data.tset=4 | --set:1:6: data has no key 'tset'",
        "data.preprocess.binarize=threshold | --set:1:26: data: only images can be binarised",
        "data.id=uci-digits | t.yaml:3:14: data has an id and a path",
      })
  void whatIsWrongWithTheFilesIsReportedAtTheSetting(String override, String expected) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> cell(override));
    List<String> problems =
        thrown.problems().stream().map(p -> p.mark() + ": " + p.message()).toList();
    assertThat(problems).singleElement().asString().startsWith(expected);
  }

  @Test
  void theSchemaKnowsOwnFiles() {
    assertThat(PlainJson.canonical(ExperimentSchema.of(Fakes.registry())))
        .contains("\"required\":[\"path\"]")
        .contains("File with a number a line.");
  }
}

package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide to experiment files says what the program does. */
final class ExperimentFileGuideTest {
  private static final Path GUIDE =
      Path.of("..", "..", "src", "docs", "guide", "experiment-file.md")
          .toAbsolutePath()
          .normalize();
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("^([a-z]+):", Pattern.MULTILINE);

  /** What an example that shows some keys leaves out. */
  private static final List<String> REST =
      List.of(
          "schema: 1", "name: example", "data: uci-digits", "models: [gmm]", "budget: {epochs: 1}");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAValidFileOnceItsRestIsAdded(String example) throws IOException {
    Set<String> given = keys(example);
    String rest =
        REST.stream()
            .filter(line -> !given.contains(line.substring(0, line.indexOf(':'))))
            .collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("example.yaml"), rest + "\n" + example);
    Assay.Result result =
        Assay.run("plan", file.toString(), "--out", folder.resolve("out").toString());
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void everyKeyIsDescribedWithAnExample() throws IOException {
    String guide = Files.readString(GUIDE);
    Set<String> shown = keys(String.join("\n", examples()));
    for (String key : topLevelKeys()) {
      assertThat(guide).as("key %s", key).containsPattern("## .*`" + key + "`");
      assertThat(shown).as("keys of examples").contains(key);
    }
  }

  static List<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(GUIDE)).results().map(match -> match.group(1)).toList();
  }

  /** As the message about an unknown key lists them. */
  private List<String> topLevelKeys() throws IOException {
    Path file = Files.writeString(folder.resolve("unknown.yaml"), "zzzzzz: 1\n");
    String message = Assay.run("plan", file.toString()).err();
    MatchResult list =
        Pattern.compile("(?:keys|choices): (.*)")
            .matcher(message)
            .results()
            .findFirst()
            .orElseThrow();
    List<String> keys = List.of(list.group(1).strip().split(", "));
    assertThat(keys).contains("schema", "gate");
    return keys;
  }

  private static Set<String> keys(String yaml) {
    return KEY.matcher(yaml).results().map(match -> match.group(1)).collect(Collectors.toSet());
  }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.NamedArrays;
import dev.assay.store.NamedArrays.Array;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import dev.assay.store.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands that look at runs which are there. */
final class RunCommandsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private RunStore store;

  @BeforeEach
  void someRuns() throws Exception {
    store = new RunStore(folder.resolve("exp"));
    write("aa11", "gmm", 1, 2, new double[] {1, 2, 3, 2});
    write("aa22", "vae", 1, 3, new double[] {2, 3, 4, 3});
    write("bb33", "vae", 2, 3.1, new double[] {2, 3, 4, 3.4});
  }

  @Test
  void aRunIsFoundByPathByTheStartOfItsIdAndByItsModel() throws Exception {
    RunFinder finder = new RunFinder(folder);
    for (String word :
        new String[] {
          "bb",
          "bb33",
          store.run("bb33").path().toString(),
          store.run("bb33").recordFile().toString()
        }) {
      assertThat(finder.find(word).record().run()).isEqualTo("bb33");
    }
    assertThat(finder.find("gmm").record().run()).isEqualTo("aa11");
    assertThat(new RunFinder(store.path()).find("gmm").record().run()).isEqualTo("aa11");
  }

  @Test
  void aWordThatMeansSeveralRunsOrNoneIsAnsweredByTheChoices() {
    RunFinder finder = new RunFinder(folder);
    assertThatThrownBy(() -> finder.find("vae"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            """
            2 runs are meant by 'vae'
              aa22  vae on digits, cpu, seed 1
              bb33  vae on digits, cpu, seed 2\
            """);
    assertThatThrownBy(() -> finder.find("aa")).hasMessageStartingWith("2 runs are meant by 'aa'");
    assertThatThrownBy(() -> finder.find("zz"))
        .hasMessageStartingWith("no run 'zz' in ")
        .hasMessageContaining("aa11  gmm on digits");
  }

  @Test
  void showTellsWhatARunWasAndCameTo() {
    assertThat(execute(new ShowCommand(out), "aa11", "--results", folder.toString())).isZero();
    assertThat(text())
        .contains("aa11  DONE", "gmm (family) on digits, cpu fp32, seed 1, experiment exp", "nll")
        .contains("configuration\n  seed: 1", "environment\n  jdk: 25", "scores.safetensors");
  }

  @Test
  void comparePairsTheItemsThatBothScored() {
    int code = execute(new CompareCommand(out), "aa11", "aa22", "--results", folder.toString());
    assertThat(code).isZero();
    // Every item differs by exactly −1; of the 16 sign patterns, 2 are as extreme: p = .125, a tie.
    assertThat(text()).containsPattern("nll +exact/mass +2 +3 +-1 +-1 … -1 +0\\.1[123]\\d +tie");
  }

  @Test
  void compareAlsoPairsTheSeedsThatBothWereTrainedWith() throws Exception {
    write("aa12", "gmm", 2, 2.2, new double[] {1, 2, 3, 2.8});
    assertThat(execute(new CompareCommand(out), "gmm", "vae", "--results", folder.toString()))
        .isZero();
    // Seeds 1 and 2: −1 and −.9, mean −.95, deviation .0707, t(1) = 12.706: ± .6353. Of 4 sign
    // patterns 2 are as extreme.
    assertThat(text())
        .contains("A  aa11", "B  aa22", "means over seeds, paired (2 seeds)")
        .containsPattern(
            "nll +exact/mass +2\\.100 +3\\.050 +-0\\.9500 +-1\\.585 … -0\\.3147 +0\\.500 +A");
  }

  @Test
  void compareRefusesWhatHasNoCommonNumber() {
    CommandLine line =
        new CommandLine(new CompareCommand(out))
            .setExecutionExceptionHandler((e, command, result) -> {
              out.println(e.getMessage());
              return 2;
            });
    assertThat(line.execute("aa11", "aa22", "--metric", "fid", "--results", folder.toString()))
        .isEqualTo(2);
    assertThat(text())
        .contains("the two have no 'fid' that compares")
        .contains("there are: nll (exact/mass)");
  }

  private void write(String run, String model, long seed, double mean, double[] nats)
      throws IOException {
    RunRecord record =
        TestRecords.done(run, model, seed, TestRecords.nll("exact/mass", "exact", mean));
    store.run(run).write(record);
    SafeTensors.write(
        store.run(run).scores(),
        new NamedArrays(
            Map.of("exact", new Array.F64(new int[] {nats.length}, nats)), Map.of("data", "d")));
  }

  private int execute(Object command, String... arguments) {
    return new CommandLine(command).execute(arguments);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

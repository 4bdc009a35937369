package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellCommandTest {
  @Test
  void wordsThatAShellWouldCutOrReadAreQuoted() {
    assertThat(ShellCommand.of(List.of("run", "a b.yaml", "--set", "budget.wall=5s", "it's", "$x")))
        .isEqualTo("assay run 'a b.yaml' --set budget.wall=5s 'it'\\''s' '$x'");
  }
}

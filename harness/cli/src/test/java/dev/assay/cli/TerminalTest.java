package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  @Test
  void colourNeedsATerminalThatCanAndAUserWhoDoesNotMind() {
    assertThat(Terminal.hasColour(true, Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.hasColour(false, Map.of("TERM", "xterm"))).isFalse();
    assertThat(Terminal.hasColour(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.hasColour(true, Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(Terminal.hasColour(true, Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.hasColour(true, Map.of())).isFalse();
  }

  @Test
  void placeAndCaretsOfAProblemAreColoured() {
    assertThat(Terminal.coloured("a.yaml:1:2: error: no\n 1 | x\n   | ^\n   = help\n"))
        .isEqualTo(
            "\033[1ma.yaml:1:2: \033[31merror:\033[0m no\n 1 | x\n   | \033[31m^\033[0m\n   = help\n");
  }
}

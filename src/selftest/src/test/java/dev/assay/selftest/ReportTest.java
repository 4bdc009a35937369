package dev.assay.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.reference.ReferenceBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the self-test says of a backend. */
final class ReportTest {
  @Test
  void aFailureMakesTheReportFailAndStandsInBothForms() {
    Report report = new Report();
    report.measure("speed", "product-512", 1.5, "ms", "");
    assertThat(report.failed()).isFalse();
    report.judge("operators", "sums, of rows", false, Double.NaN, "", "expected 1|2\nand more");
    assertThat(report.failed()).isTrue();
    assertThat(report.csv())
        .isEqualTo(
            """
            part,name,verdict,value,unit,note
            speed,product-512,,1.500,ms,
            operators,"sums, of rows",failed,,,"expected 1|2
            and more"
            """);
    assertThat(report.markdown("Title", Map.of("device", "d")))
        .startsWith("# Title\n\n- device: d\n")
        .contains("| operators | sums, of rows | failed |  |  | expected 1\\|2 |");
  }

  @Test
  void theOperatorSuiteRunsOnTheBackendThatIsGiven() {
    Report report = new Report();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Operators.run(backend, report, new PrintStream(new ByteArrayOutputStream()));
    }
    assertThat(report.failed()).as(report.csv()).isFalse();
    assertThat(report.csv().lines().count()).isGreaterThan(100);
  }

  @Test
  void optionsThatAreNoneAreRefusedWithTheChoices() {
    assertThat(Options.parse(new String[0]).parts()).hasSize(3);
    assertThatThrownBy(() -> Options.parse(new String[] {"--only", "speeds"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("speeds", "operators", "parity", "speed");
    assertThatThrownBy(() -> Options.parse(new String[] {"--device", "1"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--device", "--backend");
  }
}

package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultTableTest {
  private static final String HEADER = String.join(",", Results.HEADER);
  private static final String LINE =
      "e,r,DONE,vae,vae,digits,test,cpu,cpu,fp32,1,2,\"hidden=[1,2]\",nll,exact/mass,lower,%s,%s,3,7,"
          + "nats,v1";

  @TempDir Path folder;

  private Path file(String... lines) throws Exception {
    return Files.writeString(folder.resolve("t.csv"), String.join("\n", lines) + "\n");
  }

  private void refused(String message, String... lines) throws Exception {
    Path file = file(lines);
    assertThatThrownBy(() -> ResultTable.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aRowIsReadAsItStands() throws Exception {
    List<ResultRow> rows = ResultTable.read(file(HEADER, LINE.formatted("2.5", "2")));
    assertThat(rows).hasSize(1);
    ResultRow row = rows.getFirst();
    assertThat(row.subject().params()).isEqualTo("hidden=[1,2]");
    assertThat(row.subject().sampleSeed()).isEqualTo(2);
    assertThat(row.value().orElseThrow())
        .isEqualTo(new ResultRow.Value("nll", "exact/mass", "lower", 2.5, 2, 3, 7, "nats", "v1"));
  }

  @Test
  void numbersThatAreNoneAreKeptAsSuch() throws Exception {
    for (String text : List.of("NaN", "nan", "inf", "-Infinity", "")) {
      ResultRow row = ResultTable.read(file(HEADER, LINE.formatted(text, ""))).getFirst();
      assertThat(row.value().orElseThrow().value()).as(text).isNaN();
      assertThat(row.value().orElseThrow().low()).isNaN();
    }
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() throws Exception {
    refused("it is empty; the header must be experiment,run,status", "");
    refused(":1: no column unit, signature", HEADER.replace(",unit,signature", ""));
    refused(":2: it has 2 cells", HEADER, "a,b");
    refused(":2: value is 'much', but must be a number", HEADER, LINE.formatted("much", ""));
    refused(
        ":2: status is 'GOOD', but must be one of [RUNNING, DONE,",
        HEADER,
        LINE.formatted("1", "").replace("DONE", "GOOD"));
    refused(
        ":2: train_seed is 'one', but must be a whole number",
        HEADER,
        LINE.formatted("1", "").replace("fp32,1", "fp32,one"));
    refused(
        ":2: direction is 'up', but must be lower, higher or none",
        HEADER,
        LINE.formatted("1", "").replace("lower", "up"));
    refused("it is no CSV", HEADER, "\"a\"b,c");
  }

  @Test
  void anEmptyFileAndForeignBytesAreRefused() throws Exception {
    Path empty = Files.write(folder.resolve("empty.csv"), new byte[0]);
    assertThatThrownBy(() -> ResultTable.read(empty)).hasMessageContaining("it is empty");
    Path bytes = Files.write(folder.resolve("b.csv"), "é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ResultTable.read(bytes)).hasMessageContaining("it is not UTF-8");
  }

  @Test
  void aBaselineKeepsNumbersHashesAndMachines() throws Exception {
    RunRecord record =
        new RunRecord(
            RunRecord.SCHEMA,
            "r",
            "t",
            "e",
            RunStatus.DONE,
            "",
            new RunRecord.Subject("m", "f", "d", "test", "cpu", "cpu", "fp32", 3, 1, "latent=8"),
            RunRecord.Progress.none(),
            List.of(
                new MetricRow("steps=2", "fid", "sample", "lower", 0.1, null, 0.2, 9, "1", "v")),
            Map.of("state", "abc"),
            Map.of("cpu", "Some CPU", "cores", "8", "jdk", "25.0.3+9", "arch", "amd64"),
            Map.of());
    List<ResultRow> rows = ResultTable.of(List.of(record));
    Path file = folder.resolve("baseline.csv");
    ResultTable.write(file, rows);
    assertThat(ResultTable.read(file)).isEqualTo(rows).hasSize(4);
    assertThat(rows.getFirst().subject().params()).isEqualTo("latent=8 steps=2");
    assertThat(rows.get(1).value().orElseThrow().isHash()).isTrue();
    assertThat(rows.subList(2, 4))
        .extracting(row -> row.value().orElseThrow().signature())
        .containsExactly("Some CPU, 8 cores, java 25", "amd64, java 25.0.3+9");
  }
}

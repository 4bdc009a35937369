package dev.assay.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.read.CsvTable.Classes;
import dev.assay.data.read.CsvTable.Layout;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTableTest {
  private static CsvTable open(String text) throws IOException {
    return CsvTable.open(Bytes.text("t.csv", text), Layout.COMMAS);
  }

  @Test
  void aFirstRowWithoutNumbersIsAHeader() throws IOException {
    CsvTable table = open("\uFEFFwidth,height,kind\n1.5,-2e3,a\n0,.25,b\n");
    assertThat(table.names()).containsExactly("width", "height", "kind");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.numbers(new int[] {1, 0}).data()).containsExactly(-2000, 1.5f, 0.25f, 0);
    assertThat(table.classes(2).names()).containsExactly("a", "b");
  }

  @Test
  void aFirstRowWithANumberIsData() throws IOException {
    CsvTable table = open("1,a\n\n2,b\n");
    assertThat(table.names()).containsExactly("1", "2");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.numbers(new int[] {0}).data()).containsExactly(1, 2);
  }

  @Test
  void quotesSpacesSeparatorsAndSkippedRowsAreUnderstood() throws IOException {
    CsvTable table =
        CsvTable.open(
            Bytes.text("t", "anything at all\r\n\"a;b\"; c \r\n\"1\"; 2\r\n"), new Layout(';', 1));
    assertThat(table.names()).containsExactly("a;b", "c");
    assertThat(table.numbers(new int[] {0, 1}).data()).containsExactly(1, 2);
  }

  @Test
  void classesAreOrderedByValueIfWholeNumbersElseByName() throws IOException {
    Classes numbers = open("x,y\n1,10\n1,9\n1,-1\n1,10\n").classes(1);
    assertThat(numbers.names()).containsExactly("-1", "9", "10");
    assertThat(numbers.labels().labels()).containsExactly(2, 1, 0, 2);
    Classes names = open("x,y\n1,b\n1,a\n1,b\n").classes(1);
    assertThat(names.names()).containsExactly("a", "b");
    assertThat(names.labels().labels()).containsExactly(1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "NA", "nan", "NULL", "n/a"})
  void aMissingValueIsAnErrorWithItsPlace(String missing) throws IOException {
    CsvTable table = open("a,b\n1,2\n3," + missing + "\n");
    assertThatThrownBy(() -> table.numbers(new int[] {0, 1}))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(
            "t.csv, line 3, column b: missing value '"
                + missing
                + "'; fill it in or leave the row out");
    assertThatThrownBy(() -> table.classes(1)).hasMessageContaining("line 3, column b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "1f", "0x1p3", "Infinity", "1e99", "1,5"})
  void whatIsNoNumberIsAnErrorWithItsPlace(String cell) throws IOException {
    CsvTable table = open("a,b\n1,2\n3,\"" + cell + "\"\n");
    assertThatThrownBy(() -> table.numbers(new int[] {1}))
        .hasMessage("t.csv, line 3, column b: '" + cell + "' is not a finite number");
  }

  @Test
  void rowsOfUnequalLengthEmptyFilesAndOtherEncodingsAreRefused() {
    assertThatThrownBy(() -> open("a,b\n1,2\n3\n"))
        .hasMessage("t.csv, line 3: 1 cells where the rows before have 2");
    assertThatThrownBy(() -> open("")).hasMessage("t.csv: no rows of data");
    assertThatThrownBy(() -> open("a,b\n")).hasMessage("t.csv: no rows of data");
    assertThatThrownBy(() -> open("a,b\n1,\"2\n")).hasMessageStartingWith("t.csv");
    assertThatThrownBy(() ->
            CsvTable.open(Bytes.named("t.csv", new byte[] {'1', (byte) 0xE9, '\n'}), Layout.COMMAS))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("t.csv: not UTF-8");
  }
}

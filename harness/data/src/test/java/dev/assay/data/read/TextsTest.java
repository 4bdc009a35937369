package dev.assay.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextsTest {
  private static ByteSource text(String text) {
    return Bytes.text("t.txt", text);
  }

  @Test
  void aTextIsReadAsItStandsWithoutItsByteOrderMark() throws IOException {
    assertThat(TextFile.whole(text("\uFEFFä\r\n😀 "))).isEqualTo("ä\r\n😀 ");
    assertThat(TextFile.whole(Bytes.named("t.gz", Bytes.gzip(new byte[] {'h', 'i'}))))
        .isEqualTo("hi");
  }

  @Test
  void linesLeaveOutWhatIsEmpty() throws IOException {
    assertThat(TextFile.lines(text("a\n\nb c\r\n"))).containsExactly("a", "b c");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirPlace() {
    byte[] latin = {'n', 'a', (byte) 0xEF, 'v', 'e'};
    assertThatThrownBy(() -> TextFile.whole(Bytes.named("t.txt", latin)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("t.txt, byte 2: not UTF-8 text (0xEF); convert the file to UTF-8");
    byte[] cut = {'a', (byte) 0xC3};
    assertThatThrownBy(() -> TextFile.whole(Bytes.named("t.txt", cut)))
        .hasMessageStartingWith("t.txt, byte 1: not UTF-8");
    assertThatThrownBy(() -> TextFile.whole(text(""))).hasMessage("t.txt: is empty");
    assertThatThrownBy(() -> TextFile.lines(text("\n\n"))).hasMessageContaining("no line");
  }

  @Test
  void aFieldOfEachJsonObjectIsTaken() throws IOException {
    String lines =
        "{\"text\": \"a\\nb\", \"n\": {\"text\": 1}}\n\n{\"n\": [1, 2], \"text\": \"c\"}";
    assertThat(JsonLines.texts(text(lines), "text")).containsExactly("a\nb", "c");
  }

  @Test
  void aFieldMayBeAListOfStrings() throws IOException {
    String lines = "{\"n\": [], \"all\": [\"a\", \"b\"]}\n{\"all\": [\"c\"]}";
    assertThat(JsonLines.lists(text(lines), "all"))
        .containsExactly(List.of("a", "b"), List.of("c"));
    for (String value : List.of("[]", "[1]", "[[\"a\"]]", "\"a\"", "{}")) {
      assertThatThrownBy(() -> JsonLines.lists(text("{\"all\": " + value + "}"), "all"))
          .hasMessage("t.txt, line 1: the field 'all' is not a list of strings");
    }
  }

  @Test
  void aBadJsonLineIsNamed() {
    assertThatThrownBy(() -> JsonLines.texts(text("{\"text\": \"a\"}\n{\"body\": \"b\"}"), "text"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("t.txt, line 2: no field 'text'; it has body");
    assertThatThrownBy(() -> JsonLines.texts(text("{\"text\": 3}"), "text"))
        .hasMessage("t.txt, line 1: the field 'text' is not a string");
    assertThatThrownBy(() -> JsonLines.texts(text("[1]"), "text"))
        .hasMessage("t.txt, line 1: not a JSON object");
    assertThatThrownBy(() -> JsonLines.texts(text("{\"text\": }"), "text"))
        .hasMessageStartingWith("t.txt, line 1, column 1")
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> JsonLines.texts(text("{\"text\": \"a\"} {}"), "text"))
        .hasMessageContaining("more than one");
    assertThatThrownBy(() -> JsonLines.texts(text("{\"text\": \"a\", \"text\": \"b\"}"), "text"))
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> JsonLines.texts(text("{\"text\": \"a\""), "text"))
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> JsonLines.texts(text(" \n"), "text"))
        .hasMessage("t.txt: has no objects");
  }
}

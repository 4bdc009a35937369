package dev.assay.runner.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlReaderTest {
  private static Node read(String text) {
    return YamlReader.read(text.getBytes(StandardCharsets.UTF_8), "t.yaml");
  }

  private static List<String> problems(byte[] bytes) {
    try {
      Node node = YamlReader.read(bytes, "t.yaml");
      throw new AssertionError("accepted: " + node);
    } catch (ProblemException e) {
      return e.problems().stream().map(p -> p.mark() + ": " + p.message()).toList();
    }
  }

  private static List<String> problems(String text) {
    return problems(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void plainDataKeepsItsOrderAndMeansWhatJsonWouldMakeOfIt() {
    Node node =
        read(
            """
            b: {x: 1, y: [true, ~, 1e3]}
            a: text with spaces
            c: "8"
            d: |
              two
              lines
            """);
    assertThat(((Node.MapNode) node).entries().keySet()).containsExactly("b", "a", "c", "d");
    Map<String, Object> plain = ((Node.MapNode) node).plain();
    assertThat(plain.get("b").toString()).isEqualTo("{x=1, y=[true, null, 1000.0]}");
    assertThat(plain).containsEntry("a", "text with spaces");
    assertThat(plain).containsEntry("c", "8").containsEntry("d", "two\nlines\n");
  }

  @ParameterizedTest
  @CsvSource({
    "8, Long",
    "-0, Long",
    "1.5, Double",
    "1e-3, Double",
    "12345678901234567890, Double",
    "true, Boolean",
    "NO, String",
    "yes, String",
    "012, String",
    "0x1F, String",
    "1_000, String",
    "+1, String",
    ".5, String",
    "5., String",
    "1e999, String",
    ".inf, String",
    "2026-01-02, String",
    "12:30, String",
    "0o17, String",
    "True, String"
  })
  void onlyTheNumbersAndTruthValuesOfJsonAreSuch(String text, String type) {
    assertThat(Scalars.resolve(text).getClass().getSimpleName()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO | in YAML 1.2 that is text; write false",
        "on | in YAML 1.2 that is text; write true",
        "012 | numbers have no leading zero; write 12",
        "-007 | numbers have no leading zero; write -7",
        "1_000 | numbers have no '+', '_' or ','; write 1000",
        "+3 | numbers have no '+', '_' or ','; write 3",
        ".5 | a number has digits on both sides of its point; write 0.5",
        "5. | a number has digits on both sides of its point; write 5.0",
        "0x1F | numbers are decimal; write 31",
        "0o17 | numbers are decimal; write 15",
        ".inf | numbers are finite",
        "1e999 | the number is too large",
        "word | ''"
      })
  void whatIsAlmostANumberOrTruthValueGetsAHint(String text, String hint) {
    assertThat(Scalars.hint(text, false)).isEqualTo(hint);
  }

  @Test
  void whatIsMoreThanPlainDataIsAProblemAtItsPlaceAndAllAreReported() {
    assertThat(
            problems(
                """
                a: 1
                a: 2
                b: &x 1
                c: *x
                d: !!java.net.URL [http://example.org]
                e: !local 1
                <<: {f: 1}
                ? [1]
                : 2
                ~: 3
                """))
        .containsExactly(
            "t.yaml:2:1: the key 'a' is here twice",
            "t.yaml:3:4: an anchor, &x",
            "t.yaml:4:4: an alias, *x",
            "t.yaml:5:4: a tag, !!java.net.URL",
            "t.yaml:6:4: a tag, !local",
            "t.yaml:7:1: a merge key, <<",
            "t.yaml:8:3: a list as a key",
            "t.yaml:10:1: nothing as a key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: b: c | t.yaml:1:5: a second ':' in one value, or a wrong indentation",
        "a: [1, 2;b: 3 | t.yaml:2:2: a list in brackets that is not closed, started on line 1",
        "a: {b: 1 | t.yaml:1:9: a map in braces that is not closed",
        "a: 'b;c: 1 | t.yaml:2:5: a quoted text that is not closed, started on line 1",
        "m:;  - a; - b | t.yaml:3:2: an indentation that fits nothing above, started on line 1",
        "a: @b | t.yaml:1:4: a character that cannot start a value",
        "a: * | t.yaml:1:5: an '&' or '*' that names nothing",
        "a: 1;---;b: 2 | t.yaml:2:1: a second document starts here",
        "a: - 1 | t.yaml:1:4: a list where none can stand",
      })
  void aSyntaxErrorIsSaidInTheWordsOfAUser(String text, String expected) {
    assertThat(problems(text.replace(";", "\n"))).containsExactly(expected.strip());
  }

  @Test
  void tabsControlCharactersAndByteOrderMarksArePointedAt() {
    assertThat(problems("a:\n\t- b\n\u0007c: 1\n\uFEFFd: 2\n"))
        .containsExactly(
            "t.yaml:2:1: a tab indents this line",
            "t.yaml:3:1: a control character (U+0007)",
            "t.yaml:4:1: a byte-order mark (U+FEFF)");
  }

  @Test
  void whatIsNotUtf8IsPointedAt() {
    assertThat(problems("a: 1\nb: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
        .containsExactly("t.yaml:2:7: the byte 0xE9 is not UTF-8");
    assertThat(problems("a: 1".getBytes(StandardCharsets.UTF_16)))
        .containsExactly("t.yaml:1:1: the file is UTF-16");
  }

  @Test
  void nestingIsBounded() {
    assertThat(read("[".repeat(20) + "]".repeat(20))).isInstanceOf(Node.ListNode.class);
    assertThat(problems("[".repeat(10_000)))
        .containsExactly("t.yaml:1:22: maps and lists are nested more than 20 deep");
  }

  @Test
  void sizeAndLineLengthAreBounded() {
    assertThat(problems("# x\n".repeat(300_000)))
        .containsExactly("t.yaml:1:1: the file is larger than 1 MiB");
    assertThat(problems("a: [" + "1, ".repeat(10_000) + "1]"))
        .containsExactly("t.yaml:1:16385: a line of more than 16384 characters");
  }

  @Test
  void aliasesThatWouldGrowExponentiallyAreNeverExpanded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(problems(bomb.toString())).hasSize(60 + 2 * 59);
  }

  @Test
  void columnsCountUtf16UnitsAsEditorsDo() {
    assertThat(problems("a: {\uD83D\uDE00: 1, b: 1, b: 2}"))
        .containsExactly("t.yaml:1:18: the key 'b' is here twice");
  }

  @Test
  void aProblemShowsItsLineWithCaretsBelowTheFault() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("one: 1\ntwo: 2\n\"one\": 3\n"))
        .withMessage(
            """
            t.yaml:3:1: error: the key 'one' is here twice
             3 | "one": 3
               | ^^^^^
               = it is also on line 1; keep one of the two

            1 error\
            """);
  }

  @Test
  void theFaultIsShownEvenFarOutOnALongLine() {
    String line = "a: [" + "'word', ".repeat(100) + "*x]";
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(line))
        .satisfies(e -> {
          String[] shown = e.getMessage().split("\n");
          assertThat(shown[0]).startsWith("t.yaml:1:805: ");
          int caret = shown[2].indexOf('^');
          assertThat(shown[1].substring(caret, caret + 2)).isEqualTo("*x");
          assertThat(shown[1]).hasSizeLessThan(170);
        });
  }
}

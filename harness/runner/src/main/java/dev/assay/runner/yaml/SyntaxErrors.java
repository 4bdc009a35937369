package dev.assay.runner.yaml;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in a user's words what the parser stumbled over. */
final class SyntaxErrors {
  private SyntaxErrors() {}

  /**
   * @param cause words of the parser's message
   */
  private record Rule(String cause, String message, String help) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "mapping values are not allowed",
              "a second ':' in one value, or a wrong indentation",
              "quote a value that holds ': ', or start a nested map on a line of its own"),
          new Rule(
              "could not find expected ':'",
              "a key without ':'",
              "write 'key: value'; a space follows the colon"),
          new Rule(
              "expected ',' or '}'",
              "a map in braces that is not closed",
              "separate entries by ',' and close the map by '}'"),
          new Rule(
              "expected ',' or ']'",
              "a list in brackets that is not closed",
              "separate items by ',' and close the list by ']'"),
          new Rule(
              "found unexpected end of stream",
              "a quoted text that is not closed",
              "add the closing quote"),
          new Rule(
              "expected <block end>",
              "an indentation that fits nothing above",
              "start the keys of a map in one column, and the dashes of a list in one column"),
          new Rule(
              "sequence entries are not allowed",
              "a list where none can stand",
              "start the list on a line of its own, below its key"),
          new Rule(
              "cannot start any token",
              "a character that cannot start a value",
              "quote the value, or remove the character"),
          new Rule(
              "unknown escape",
              "an unknown escape in a text in double quotes",
              "write \\\\ for a backslash, or use single quotes"),
          new Rule(
              "unexpected character found", "an '&' or '*' that names nothing", "quote the value"),
          new Rule(
              "undefined tag handle", "a tag", "tags are not read and load nothing; remove it"));

  static void add(MarkedYamlEngineException error, Source source, Problems problems) {
    var at = error.getProblemMark().or(error::getContextMark);
    Mark mark =
        at.map(place -> source.mark(place.getLine(), place.getColumn(), 1)).orElse(source.end());
    String said = String.valueOf(error.getProblem());
    Rule rule =
        RULES.stream()
            .filter(candidate -> said.contains(candidate.cause()))
            .findFirst()
            .orElse(new Rule("", said, "check the YAML syntax of this line and the one before"));
    String opened =
        error
            .getContextMark()
            .map(context -> context.getLine() + 1)
            .filter(line -> line != mark.line())
            .map(line -> ", started on line " + line)
            .orElse("");
    problems.add(mark, rule.message() + opened, rule.help());
  }
}

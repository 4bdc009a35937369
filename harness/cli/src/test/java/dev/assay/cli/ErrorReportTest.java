package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ErrorReportTest {
  private record Report(int code, String text) {}

  private static Report report(Throwable thrown, boolean debug) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      int code = new ErrorReport(err, false, debug).show(thrown);
      return new Report(code, bytes.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatIsTheUsersFaultExitsWithTwoAndWhatIsNotWithOne() {
    assertThat(report(new UsageException("no", List.of("yes")), false))
        .isEqualTo(new Report(2, "assay: no\n  yes\n"));
    assertThat(report(new NoSuchFileException("a.yaml"), false))
        .isEqualTo(new Report(2, "assay: there is no file a.yaml\n"));
    assertThat(report(new AccessDeniedException("/x"), false))
        .isEqualTo(new Report(2, "assay: no permission for /x\n"));
    assertThat(report(new FileSystemException("/x", null, "No space left on device"), false))
        .isEqualTo(new Report(1, "assay: cannot use /x: No space left on device\n"));
    assertThat(report(new IOException("the server is away"), false))
        .isEqualTo(new Report(1, "assay: the server is away\n"));
  }

  @Test
  void memoryThatRunsOutSaysHowToAllowMore() {
    Report report = report(new OutOfMemoryError("Java heap space"), false);
    assertThat(report.code()).isEqualTo(1);
    assertThat(report.text()).contains("Java heap space").contains("ASSAY_JAVA_OPTS=-Xmx");
  }

  @Test
  void whatIsUnexpectedIsShortAndPointsToALogWithTheTrace() throws IOException {
    Report report = report(new IllegalStateException("bad luck"), false);
    assertThat(report.code()).isEqualTo(1);
    assertThat(report.text())
        .startsWith("assay: something unexpected went wrong: IllegalStateException: bad luck\n")
        .doesNotContain("\tat ");
    Matcher path = Pattern.compile("details are in (\\S+\\.log)").matcher(report.text());
    assertThat(path.find()).isTrue();
    Path log = Path.of(path.group(1));
    assertThat(Files.readString(log))
        .contains("\tat dev.assay.cli.ErrorReportTest")
        .contains("java 25");
    Files.delete(log);
  }

  @Test
  void debugPrintsTheTraceInstead() {
    assertThat(report(new IllegalStateException("bad luck"), true).text())
        .contains("\tat dev.assay.cli.ErrorReportTest")
        .doesNotContain(".log");
  }
}

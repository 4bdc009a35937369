package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.execute.Curves.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShowTest {
  @Test
  void numbersHaveFourDigitsThatMatter() {
    assertThat(List.of(24.7712, 0.031249, 1234.56, 359.0, -2.5, 0.0).stream().map(Show::number))
        .containsExactly("24.77", "0.03125", "1235", "359", "-2.500", "0");
    assertThat(Show.number(1.234e-7)).isEqualTo("1.2e-07");
    assertThat(Show.number(5.6e9)).isEqualTo("5.6e+09");
  }

  @Test
  void aSpreadDecidesHowManyDigitsAreShown() {
    assertThat(Show.spread(18.6234, 0.0512)).isEqualTo("18.623 ±0.051");
    assertThat(Show.spread(121.04, 12.3)).isEqualTo("121 ±12");
    assertThat(Show.spread(2.5, 0)).isEqualTo("2.500 ±0");
    assertThat(Show.spread(24.7649, 4.4e-15)).isEqualTo("24.76 ±0");
  }

  @Test
  void countsHaveALetterForThousands() {
    assertThat(List.of(7.0, 950.0, 1234.0, 45_600.0, 999_600.0, 3.2e9).stream().map(Show::count))
        .containsExactly("7", "950", "1.23k", "45.6k", "1.00M", "3.20G");
  }

  @Test
  void timesReadAsOnAClockFromAMinuteOn() {
    assertThat(Show.seconds(0.421)).isEqualTo("0.42 s");
    assertThat(Show.seconds(12.34)).isEqualTo("12.3 s");
    assertThat(Show.seconds(245)).isEqualTo("4:05");
    assertThat(Show.clock(7389)).isEqualTo("2:03:09");
  }

  @Test
  void aLineIsCutWhereItDoesNotFit() {
    assertThat(Show.fit("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Show.fit("abcdef", 4)).isEqualTo("abc…");
    assertThat(Show.fit("abcdef", 0)).isEmpty();
  }

  @Test
  void aSparklineFallsAsTheCurveDoes() {
    List<Point> points =
        IntStream.rangeClosed(1, 8).mapToObj(i -> new Point(i, i, i, "train.loss", 8 - i)).toList();
    assertThat(Sparkline.line(points, 20)).isEqualTo("█▇▆▅▄▃▂▁");
    assertThat(Sparkline.line(points, 4)).isEqualTo("█▆▃▁");
    assertThat(Sparkline.line(points.subList(0, 1), 4)).isEmpty();
  }

  @Test
  void aConstantCurveLiesAtTheBottom() {
    List<Point> points = List.of(new Point(1, 1, 1, "a", 3), new Point(2, 2, 2, "a", 3));
    assertThat(Sparkline.line(points, 4)).isEqualTo("▁▁");
  }

  @Test
  void aPlotHasItsExtremesBesideIt() {
    List<Point> points =
        List.of(new Point(1, 1, 1, "a", 4), new Point(2, 2, 2, "a", 2), new Point(3, 3, 3, "a", 1));
    assertThat(Sparkline.plot(points, 10, 2))
        .containsExactly("         4 ┤█", "         1 ┤█▆▁", "           └ update 3");
  }

  @Test
  void aTableAlignsTextLeftAndNumbersRight() {
    TextTable table = new TextTable(1, List.of("model", "nll"));
    table.add(List.of("gmm", "2.5"));
    table.add(List.of("a", "12.25"));
    assertThat(table.lines())
        .containsExactly("model    nll", "────────────", "gmm      2.5", "a      12.25");
  }
}

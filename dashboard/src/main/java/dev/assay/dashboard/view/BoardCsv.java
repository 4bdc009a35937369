package dev.assay.dashboard.view;

import dev.assay.dashboard.index.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A board for spreadsheets. */
public final class BoardCsv {
  private static final List<String> HEADER =
      Stream.concat(
              Stream.of(
                  "rank,model,params,sampler,family,backend,device,precision,experiment,metric,kind,unit,value,sd,ci_low,ci_high,seeds,failed,n"
                      .split(",")),
              Arrays.stream(Measure.values()).map(Measure::metric))
          .toList();

  private BoardCsv() {}

  /** One line for each row, under a header. */
  public static String of(BoardSummary board, List<BoardRow> rows) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecord(HEADER);
      for (BoardRow row : rows) {
        printer.printRecord(cells(board, row));
      }
    }
    return text.toString();
  }

  private static List<@Nullable Object> cells(BoardSummary board, BoardRow r) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(r.reference() == null ? r.rank() : r.reference());
    Stream.of(
            r.model(),
            r.params(),
            r.sampler(),
            r.family(),
            r.backend(),
            r.device(),
            r.precision(),
            r.experiment(),
            board.metric(),
            board.kind(),
            board.unit())
        .map(BoardCsv::harmless)
        .forEach(cells::add);
    cells.add(r.value());
    cells.add(r.sd());
    cells.add(r.low());
    cells.add(r.high());
    cells.add(r.seeds());
    cells.add(r.failed());
    cells.add(r.n());
    cells.addAll(r.measures().values());
    return cells;
  }

  /** Spreadsheets run what looks like a formula. */
  private static String harmless(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}

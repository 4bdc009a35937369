package dev.assay.cpu.x86;

import dev.assay.cpu.x86.Trace.Constant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a {@link TileKernel} does on each block of rows × columns. A stream is an operand: floats
 * one after another along a row, or one for each row.
 *
 * @param once before the first row: numbers for all rows
 * @param stages of each row, one after the other
 * @param last of each row, after its stages
 * @param rowBytes of each stream, from one row to the next
 * @param slots that the traces keep numbers in
 * @param columns of each row where a pass is a {@link Fold}; else any number
 */
public record TileCode(
    Trace once, List<Stage> stages, Trace last, List<Long> rowBytes, int slots, int columns) {

  /**
   * @param row numbers for the row
   * @param pass along the row
   */
  public record Stage(Trace row, Pass pass) {}

  /** Work along a row. */
  public sealed interface Pass {}

  /** The same on each vector. */
  public record Each(Trace vector) implements Pass {}

  /**
   * Reductions, each of which has an accumulator for each vector of a batch of four. The end of the
   * row comes first, which may be less than a batch; then whole batches.
   *
   * @param first on the vectors of the end
   * @param next on every other vector
   * @param result after the last, from the accumulators
   * @param empty for each accumulator, its value where the end has no vector
   */
  public record Fold(Trace first, Trace next, Trace result, List<Constant> empty) implements Pass {}

  /** All traces. */
  Stream<Trace> traces() {
    return Stream.concat(
        Stream.of(once, last),
        stages.stream()
            .flatMap(stage ->
                switch (stage.pass) {
                  case Each(Trace vector) -> Stream.of(stage.row, vector);
                  case Fold fold -> Stream.of(stage.row, fold.first, fold.next, fold.result);
                }));
  }
}

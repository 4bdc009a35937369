package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.jcuda.ptx.Epilogue;
import dev.assay.jcuda.ptx.Fused;
import dev.assay.jcuda.ptx.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A launch whose kernel is not loaded yet; arguments as in {@link dev.assay.jcuda.driver.Launch}.
 */
public record Call(
    Routine routine, Grid grid, Grid block, int sharedBytes, List<Number> arguments) {

  /** Where a kernel comes from. */
  public sealed interface Routine {
    /** Written for the occasion. */
    record Generated(Source source) implements Routine {}

    /** A kernel of a committed module. */
    record Committed(String module, String name) implements Routine {}

    /** A kernel of a committed module, with code of a tile in it. */
    record WithEpilogue(Fused kernel) implements Routine {}

    /** There already. */
    record Given(Driver.Function function) implements Routine {}
  }

  /** Work of a library, which cuts it into blocks by itself. */
  public static Call given(Driver.HostCall work) {
    return new Call(new Routine.Given(work), Grid.of(1), Grid.of(1), 0, List.of());
  }

  static Call generated(Source source, List<Number> arguments) {
    int[] blocks = source.blocks();
    int[] threads = source.threads();
    return new Call(
        new Routine.Generated(source),
        new Grid(blocks[0], blocks[1], blocks[2]),
        new Grid(threads[0], threads[1], 1),
        0,
        arguments);
  }

  static Call committed(
      String module, String name, Grid grid, int threads, int sharedBytes, List<Number> arguments) {
    return new Call(
        new Routine.Committed(module, name), grid, Grid.of(threads), sharedBytes, arguments);
  }

  /** The same launch of a kernel with an epilogue; its views' addresses are added. */
  Call with(Epilogue epilogue, List<Number> views) {
    Routine.Committed plain = (Routine.Committed) routine;
    List<Number> all = new ArrayList<>(arguments);
    all.addAll(views);
    Fused kernel = new Fused(plain.module(), plain.name(), epilogue);
    return new Call(new Routine.WithEpilogue(kernel), grid, block, sharedBytes, all);
  }

  /** A kernel of rows.cu with a thread for each of {@code count} elements. */
  static Call rows(String name, long count, Number... arguments) {
    int threads = 256;
    int blocks = Math.toIntExact(Math.max(1, (count + threads - 1) / threads));
    return committed("rows", name, Grid.of(blocks), threads, 0, List.of(arguments));
  }
}

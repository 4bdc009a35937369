package dev.assay.cpu.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.cpu.x86.Trace.Constant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TileFunctionTest {
  private static final int MANY = 200;
  private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

  @BeforeEach
  void needsMachineCode() {
    assumeTrue(MachineCode.isPossible(), "no machine code here");
  }

  /** y = x + number. */
  private static TileCode sum(float number) {
    Trace vector = new Trace();
    vector.store(vector.add(vector.load(0), Constant.of(number)), 1);
    TileCode.Stage stage = new TileCode.Stage(new Trace(), new TileCode.Each(vector));
    return new TileCode(new Trace(), List.of(stage), new Trace(), List.of(64L, 64L), 0, 0);
  }

  private static TileFunction function(float number) {
    return TileFunction.of(sum(number)).orElseThrow();
  }

  /** Bytes of memory that can be executed and belong to no file; HotSpot's own can be written. */
  private static long executableBytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains(" r-xp ") && line.contains(" 00:00 0"))
          .filter(line -> !line.contains("["))
          .map(line -> line.split("[- ]"))
          .mapToLong(f -> Long.parseLong(f[1], 16) - Long.parseLong(f[0], 16))
          .sum();
    }
  }

  private static long executableBytesWithMany() throws IOException {
    List<TileFunction> functions =
        IntStream.range(0, MANY).mapToObj(i -> function(1000 + i)).toList();
    long bytes = executableBytes();
    assertThat(functions).doesNotHaveDuplicates();
    return bytes;
  }

  @Test
  void theSameCodeIsTheSameFunction() {
    assertThat(function(1)).isSameAs(function(1));
    assertThat(function(1)).isNotSameAs(function(2));
  }

  @Test
  void functionsThatNobodyCanCallAreFreed() throws IOException, InterruptedException {
    long most = executableBytesWithMany();
    assertThat(most).isGreaterThanOrEqualTo(4096L * MANY);
    long deadline = System.nanoTime() + PATIENCE;
    do {
      System.gc();
      Thread.sleep(10); // the cleaner is a thread of its own
    } while (executableBytes() > most - 4096L * MANY / 2 && System.nanoTime() < deadline);
    assertThat(executableBytes()).isLessThanOrEqualTo(most - 4096L * MANY / 2);
  }
}

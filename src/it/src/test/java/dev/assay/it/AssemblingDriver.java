package dev.assay.it;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device that assembles what it is given and computes nothing: every result is zero. */
final class AssemblingDriver implements Driver {
  private static final List<Integer> PROCESSORS = List.of(75, 80, 90);
  private static final int ALIGNMENT = 256;
  private static final Path REPORTS = Path.of("target", "ptxas");
  private static final Pattern SPILLS =
      Pattern.compile("(\\d+) bytes spill stores, (\\d+) bytes spill loads");

  /** Kernels that every driver of this process has assembled, by their text. */
  private static final Set<String> SEEN = new HashSet<>();

  private static final List<String> REFUSED = new ArrayList<>();
  private static int kernels;
  private static int spilled;
  private long next = ALIGNMENT;

  /** Distinct generated kernels so far. */
  static synchronized int kernels() {
    return kernels;
  }

  /** What the assembler said of kernels that it did not take. */
  static synchronized List<String> refused() {
    return List.copyOf(REFUSED);
  }

  /** Those that spill registers on some processor. */
  static synchronized int spilled() {
    return spilled;
  }

  @Override
  public Device device() {
    return new Device("assembler", 75, 1, 1L << 50, 12060);
  }

  @Override
  public long allocate(long bytes) {
    long address = next;
    next += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return address;
  }

  @Override
  public void free(long address) {}

  @Override
  public long freeBytes() {
    return 1L << 50;
  }

  @Override
  public long queue() {
    return 0;
  }

  @Override
  public HostMemory host(long bytes) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes, 8);
    return new HostMemory() {
      @Override
      public MemorySegment segment() {
        return segment;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void upload(HostMemory from, long offset, long to, long bytes) {}

  @Override
  public void download(long from, HostMemory to, long offset, long bytes) {
    to.segment().asSlice(offset, bytes).fill((byte) 0);
  }

  @Override
  public void clear(long address, long bytes) {}

  @Override
  public Code load(String ptx) {
    assemble(ptx);
    return (_, _) -> new Function() {};
  }

  private static synchronized void assemble(String ptx) {
    int header = ptx.indexOf(".visible");
    StringBuilder fresh = new StringBuilder(ptx.substring(0, header));
    int added = 0;
    for (String kernel : ptx.substring(header).split("(?=\\.visible)")) {
      if (SEEN.add(kernel)) {
        fresh.append(kernel);
        added++;
      }
    }
    // committed modules are another test's matter
    if (added == 0 || !ptx.contains(".visible .entry k")) {
      return;
    }
    kernels += added;
    try {
      Files.createDirectories(REPORTS);
      Path source = Files.writeString(Files.createTempFile("kernels", ".ptx"), fresh);
      for (int processor : PROCESSORS) {
        String report = run(source, processor);
        Files.writeString(
            REPORTS.resolve("generated-" + kernels + "-sm_" + processor + ".txt"), report);
        Matcher spills = SPILLS.matcher(report);
        while (spills.find()) {
          spilled += spills.group(1).equals("0") && spills.group(2).equals("0") ? 0 : 1;
        }
      }
      Files.delete(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String run(Path source, int processor) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "ptxas", "-v", "-arch=sm_" + processor, source.toString(), "-o", "/dev/null")
            .redirectErrorStream(true)
            .start();
    String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      REFUSED.add(source + " for sm_" + processor + "\n" + report);
    }
    return report;
  }

  @Override
  public Replay record(List<Launch> launches) {
    return new Replay() {
      @Override
      public void run() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Mark mark() {
    return new Mark() {
      @Override
      public void set() {}

      @Override
      public void await() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Lap lap() {
    return new Lap() {
      @Override
      public void begin() {}

      @Override
      public void end() {}

      @Override
      public double seconds() {
        return 0;
      }
    };
  }

  @Override
  public void synchronize() {}

  @Override
  public void close() {}
}

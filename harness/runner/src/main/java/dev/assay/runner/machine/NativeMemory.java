package dev.assay.runner.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Resident memory of this process outside the Java heap: what the kernel counts of all mappings but
 * those that make up the heap. Linux only.
 */
public final class NativeMemory {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final String RESIDENT = "Rss:";
  private static final int KILO = 1024;

  private NativeMemory() {}

  /** A mapping that no file is behind, or one that is. */
  private record Mapping(long from, long to, boolean anonymous, long resident) {}

  /** Bytes now; empty where the kernel does not tell, or the heap is not found. */
  public static OptionalLong bytes() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      long heap = Long.parseLong(machine.getVMOption("MaxHeapSize").getValue());
      return Files.isReadable(MAPPINGS)
          ? outsideHeap(Files.readAllLines(MAPPINGS), heap)
          : OptionalLong.empty();
    } catch (IOException | IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Resident bytes of all mappings but the first run of neighbouring anonymous ones that is as long
   * as the heap may become; empty if there is no such run.
   *
   * @param lines of {@code /proc/self/smaps}
   * @param heap bytes that the JVM has reserved
   */
  static OptionalLong outsideHeap(List<String> lines, long heap) {
    List<Mapping> mappings = mappings(lines);
    long all = mappings.stream().mapToLong(Mapping::resident).sum();
    for (int first = 0; first < mappings.size(); first++) {
      long end = mappings.get(first).from();
      long resident = 0;
      for (int i = first; i < mappings.size(); i++) {
        Mapping mapping = mappings.get(i);
        if (mapping.from() != end || !mapping.anonymous()) {
          break;
        }
        end = mapping.to();
        resident += mapping.resident();
        if (end - mappings.get(first).from() == heap) {
          return OptionalLong.of(all - resident);
        }
      }
    }
    return OptionalLong.empty();
  }

  private static List<Mapping> mappings(List<String> lines) {
    List<Mapping> mappings = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split("\\s+");
      if (words[0].matches("[0-9a-f]+-[0-9a-f]+")) {
        String[] ends = words[0].split("-");
        mappings.add(
            new Mapping(
                Long.parseUnsignedLong(ends[0], 16),
                Long.parseUnsignedLong(ends[1], 16),
                words.length == 5 || words[5].startsWith("[anon"),
                0));
      } else if (words[0].equals(RESIDENT) && !mappings.isEmpty()) {
        Mapping last = mappings.removeLast();
        long bytes = Long.parseLong(words[1]) * KILO;
        mappings.add(new Mapping(last.from(), last.to(), last.anonymous(), bytes));
      }
    }
    return mappings;
  }
}

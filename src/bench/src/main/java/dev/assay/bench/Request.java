package dev.assay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param kind the first word
 * @param names what of that kind; empty for all
 * @param peer the build folder of the peer, or null for none
 * @param warm seconds of warming up
 * @param seconds of a block, or of a measured iteration
 * @param blocks of each, or measured iterations
 * @param threads compute threads
 * @param forks JVMs for each under JMH; 0 to run without it
 * @param peaks which shares refer to
 */
record Request(
    String kind,
    List<String> names,
    @Nullable Path peer,
    double warm,
    double seconds,
    int blocks,
    int threads,
    int forks,
    Peaks peaks,
    @Nullable Path json,
    @Nullable Path csv) {

  /**
   * @throws IllegalArgumentException if the words make no sense; the message is for people
   */
  static Request parse(String[] words) {
    return new Parser(words).request();
  }

  private static final class Parser {
    private final String[] words;
    private final List<String> plain = new ArrayList<>();
    private @Nullable Path peer;
    private @Nullable Path json;
    private @Nullable Path csv;
    private double warm = 5;
    private double seconds = 1;
    private int blocks = 9;
    private int threads = Runtime.getRuntime().availableProcessors();
    private int forks;
    private double gigaflops = Double.NaN;
    private double gigabytes = Double.NaN;

    Parser(String[] words) {
      this.words = words;
    }

    Request request() {
      for (int i = 0; i < words.length; i++) {
        if (!words[i].startsWith("--")) {
          plain.add(words[i]);
        } else if (i + 1 < words.length) {
          option(words[i], words[++i]);
        } else {
          throw new IllegalArgumentException("option " + words[i] + " needs a value");
        }
      }
      if (plain.isEmpty()) {
        throw new IllegalArgumentException(
            "what to measure is missing; choices: " + String.join(", ", Main.KINDS));
      }
      return new Request(
          plain.getFirst(),
          List.copyOf(plain.subList(1, plain.size())),
          peer,
          warm,
          seconds,
          blocks,
          threads,
          forks,
          new Peaks(gigaflops, gigabytes),
          json,
          csv);
    }

    private void option(String name, String value) {
      switch (name) {
        case "--peer" -> peer = Path.of(value);
        case "--json" -> json = Path.of(value);
        case "--csv" -> csv = Path.of(value);
        case "--warm" -> warm = Double.parseDouble(value);
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--blocks" -> blocks = Integer.parseInt(value);
        case "--threads" -> threads = Integer.parseInt(value);
        case "--jmh" -> forks = Integer.parseInt(value);
        case "--peak-gigaflops" -> gigaflops = Double.parseDouble(value);
        case "--peak-gigabytes" -> gigabytes = Double.parseDouble(value);
        default ->
            throw new IllegalArgumentException(
                "there is no option "
                    + name
                    + "; options: --peer, --json, --csv, --warm, --seconds, --blocks, --threads, --jmh,"
                    + " --peak-gigaflops, --peak-gigabytes");
      }
    }
  }
}

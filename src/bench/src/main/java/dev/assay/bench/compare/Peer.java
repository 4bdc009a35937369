package dev.assay.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * PyTorch in a process of its own, which times steps on request: one line there, one line back.
 * {@code dev.assay.bench.peer.PeerProcess} says what the lines are.
 */
public final class Peer implements AutoCloseable {
  private static final String MAIN = "dev.assay.bench.peer.PeerProcess";

  /** The environment's name of a library to load into the peer first, such as an allocator. */
  private static final String PRELOAD = "ASSAY_PEER_PRELOAD";

  private final Process process;
  private final Path log;
  private final BufferedReader in;
  private final BufferedWriter out;
  private final List<String> names;

  /**
   * What a block of the peer gave.
   *
   * @param parameters trained numbers
   * @param loss of the last step
   */
  public record Ran(long parameters, double loss, Timing timing) {}

  private Peer(Process process, Path log) {
    this.process = process;
    this.log = log;
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
    names = List.of(ask("names")).stream().skip(1).toList();
  }

  /**
   * @param build the build folder of the module {@code src/bench/peer}
   * @param threads compute threads
   * @throws PeerException if it was not built or does not answer
   */
  public static Peer start(Path build, int threads) {
    Path classPath = build.resolve("launcher.classpath");
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xms256m",
                  "-Xmx1g",
                  "--enable-native-access=ALL-UNNAMED",
                  // Native memory is freed by scopes; the limits would only cost time.
                  "-Dorg.bytedeco.javacpp.maxBytes=0",
                  "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                  "-Dorg.bytedeco.javacpp.nopointergc=true",
                  // The libraries of PyTorch's own build come before those in the Java API's jar.
                  "-Dorg.bytedeco.javacpp.pathsFirst=true",
                  "-Djava.library.path=" + build.resolve("libtorch"),
                  "-Dorg.bytedeco.javacpp.cachedir=" + build.resolve("javacpp"),
                  "-cp",
                  build.resolve("classes") + ":" + Files.readString(classPath).strip(),
                  MAIN,
                  Integer.toString(threads)));
      ProcessBuilder builder = new ProcessBuilder(command);
      Path log = build.resolve("peer.log");
      builder.redirectError(log.toFile());
      Map<String, String> environment = builder.environment();
      environment.put("OMP_NUM_THREADS", Integer.toString(threads));
      environment.put("MALLOC_ARENA_MAX", "1");
      String preload = environment.get(PRELOAD);
      if (preload != null) {
        environment.put("LD_PRELOAD", preload);
      }
      return new Peer(builder.start(), log);
    } catch (IOException e) {
      throw new PeerException(
          "the peer cannot be started from "
              + build
              + "; build it by: mvn -Dquick -Ppeer"
              + " -pl src/bench/peer -am process-classes",
          e);
    }
  }

  /** Steps that it can run. */
  public List<String> names() {
    return names;
  }

  /** Runs a step for some time, at least once. */
  public Ran run(String step, double seconds) {
    String[] words = ask("run " + step + " " + seconds);
    double[] durations =
        Arrays.stream(words, 3, words.length).mapToDouble(Double::parseDouble).sorted().toArray();
    return new Ran(
        Long.parseLong(words[1]), Double.parseDouble(words[2]), new Timing(durations, Double.NaN));
  }

  private String[] ask(String request) {
    try {
      out.write(request);
      out.newLine();
      out.flush();
      String line = in.readLine();
      if (line == null) {
        throw new PeerException("the peer ended; what it said is in " + log);
      }
      if (line.startsWith("error ")) {
        throw new PeerException("the peer answers '" + request + "' by: " + line.substring(6));
      }
      return line.split(" ");
    } catch (IOException e) {
      throw new PeerException("the peer does not answer '" + request + "'", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}

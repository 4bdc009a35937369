package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Times steps on request. The one argument is the number of threads. Each line that it reads is
 * answered with one line:
 *
 * <pre>
 * names                → names NAME…
 * run STEP SECONDS     → ran PARAMETERS LOSS SECONDS…   seconds of each step that began in the time
 * anything else        → error MESSAGE
 * </pre>
 *
 * The end of the input ends it.
 */
public final class PeerProcess {
  private final Map<String, PeerStep> open = new HashMap<>();

  private PeerProcess() {}

  /** Entry point; see the class. */
  public static void main(String[] arguments) throws IOException {
    set_num_threads(Integer.parseInt(arguments[0]));
    manual_seed(1337);
    PeerProcess process = new PeerProcess();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(process.answer(line.split(" ")));
    }
    // Native thread pools would hold up an orderly exit.
    Runtime.getRuntime().halt(0);
  }

  private String answer(String[] words) {
    try {
      return switch (words[0]) {
        case "names" -> "names " + String.join(" ", PeerSteps.ids());
        case "run" -> run(words[1], Double.parseDouble(words[2]));
        default -> "error there is no request '" + words[0] + "'";
      };
    } catch (RuntimeException e) {
      return "error " + e.toString().replace('\n', ' ');
    }
  }

  private String run(String id, double forSeconds) {
    PeerStep step = open.computeIfAbsent(id, PeerSteps::open);
    StringBuilder seconds = new StringBuilder();
    long begin = System.nanoTime();
    long before = begin;
    do {
      step.run();
      long after = System.nanoTime();
      seconds.append(' ').append((after - before) / 1e9);
      before = after;
    } while ((before - begin) / 1e9 < forSeconds);
    return "ran " + step.parameters() + " " + step.loss() + seconds;
  }
}
